/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "address_ndisc.h"

#include <string.h>

enum {
	ETHERNET_TYPE = 12,
	IP = 14, /* where the IPv6 header begins */
	PAYLOAD_SIZE = IP + 4,
	NEXT_HEADER = IP + 6,
	HOP_LIMIT = IP + 7,
	SOURCE = IP + 8,
	DESTINATION = IP + 24,
	ICMP = IP + 40, /* where the ICMPv6 message begins */
	CODE = ICMP + 1,
	CHECKSUM = ICMP + 2,
	FLAGS = ICMP + 4,
	TARGET = ICMP + 8,
	OPTIONS = ICMP + 24,
	OPTION_SIZE = 8, /* a link-layer address */

	ICMPV6 = 58,
	SOLICITATION = 135,
	ADVERTISEMENT = 136,
	OPTION_SOURCE = 1,
	OPTION_TARGET = 2,
	FLAG_OVERRIDE = 0x20,
};

static const uint8_t all_nodes[16] = {0xff, 0x02, [15] = 1};

static uint16_t get16(const uint8_t *at)
{
	return (uint16_t)(at[0] << 8 | at[1]);
}

static void put16(uint8_t *at, uint32_t value)
{
	at[0] = (uint8_t)(value >> 8);
	at[1] = (uint8_t)value;
}

/* Over addresses, length and next header (the pseudo header) and the message. */
static void put_checksum(uint8_t *frame, size_t size)
{
	uint32_t sum = ICMPV6 + (uint32_t)(size - ICMP);

	for (size_t i = SOURCE; i < size; i += 2)
		sum += get16(frame + i);
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	put16(frame + CHECKSUM, ~sum & 0xffff);
}

static void put_option(uint8_t *frame, uint8_t type, const uint8_t mac[6])
{
	frame[OPTIONS] = type;
	frame[OPTIONS + 1] = OPTION_SIZE / 8;
	memcpy(frame + OPTIONS + 2, mac, 6);
}

/* Everything but flags, options and checksum; a source of NULL is the unspecified address. */
static void build(uint8_t *frame, size_t size, uint8_t type, const uint8_t mac[6],
		  const uint8_t source[16], const uint8_t destination[16], const uint8_t ip[16])
{
	memset(frame, 0, ADDRESS_NDISC_SIZE);
	frame[0] = frame[1] = 0x33;
	memcpy(frame + 2, destination + 12, 4);
	memcpy(frame + 6, mac, 6);
	put16(frame + ETHERNET_TYPE, 0x86dd);
	frame[IP] = 0x60;
	put16(frame + PAYLOAD_SIZE, (uint32_t)(size - ICMP));
	frame[NEXT_HEADER] = ICMPV6;
	frame[HOP_LIMIT] = 255;
	if (source)
		memcpy(frame + SOURCE, source, 16);
	memcpy(frame + DESTINATION, destination, 16);
	frame[ICMP] = type;
	memcpy(frame + TARGET, ip, 16);
}

size_t address_ndisc_probe(uint8_t frame[ADDRESS_NDISC_SIZE], const uint8_t mac[6],
			   const uint8_t source[16], const uint8_t ip[16])
{
	uint8_t group[16] = {0xff, 0x02, [11] = 1, [12] = 0xff};
	size_t size = source ? OPTIONS + OPTION_SIZE : OPTIONS;

	memcpy(group + 13, ip + 13, 3);
	build(frame, size, SOLICITATION, mac, source, group, ip);
	if (source)
		put_option(frame, OPTION_SOURCE, mac);
	put_checksum(frame, size);
	return size;
}

size_t address_ndisc_announce(uint8_t frame[ADDRESS_NDISC_SIZE], const uint8_t mac[6],
			      const uint8_t ip[16])
{
	build(frame, ADDRESS_NDISC_SIZE, ADVERTISEMENT, mac, ip, all_nodes, ip);
	frame[FLAGS] = FLAG_OVERRIDE;
	put_option(frame, OPTION_TARGET, mac);
	put_checksum(frame, ADDRESS_NDISC_SIZE);
	return ADDRESS_NDISC_SIZE;
}

/* Where the frame's target link-layer option says the address is; NULL: it has none. */
static const uint8_t *find_option(const uint8_t *frame, size_t size)
{
	size_t at = OPTIONS;

	while (at + OPTION_SIZE <= size) {
		size_t length = (size_t)frame[at + 1] * 8;

		if (length == 0)
			return NULL;
		if (frame[at] == OPTION_TARGET && length == OPTION_SIZE)
			return frame + at + 2;
		at += length;
	}
	return NULL;
}

/* The hop limit proves that the frame was sent on this link; its checksum may still be left to a
   network card to compute, so it proves nothing. */
bool address_ndisc_claims(const uint8_t *frame, size_t size, const uint8_t ip[16], uint8_t mac[6])
{
	const uint8_t *option;

	if (size < OPTIONS || get16(frame + ETHERNET_TYPE) != 0x86dd || frame[IP] >> 4 != 6)
		return false;
	if (frame[NEXT_HEADER] != ICMPV6 || frame[HOP_LIMIT] != 255)
		return false;
	if (frame[ICMP] != ADVERTISEMENT || frame[CODE] != 0 || memcmp(frame + TARGET, ip, 16) != 0)
		return false;
	option = find_option(frame, size);
	memcpy(mac, option ? option : frame + 6, 6);
	return true;
}

void address_ndisc_filter(struct sock_filter filter[ADDRESS_NDISC_FILTER], const uint8_t ip[16])
{
	uint32_t words[4];

	for (int i = 0; i < 4; i++)
		words[i] = (uint32_t)get16(ip + 4 * i) << 16 | get16(ip + 4 * i + 2);

	const struct sock_filter program[ADDRESS_NDISC_FILTER] = {
		BPF_STMT(BPF_LD | BPF_H | BPF_ABS, ETHERNET_TYPE),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0x86dd, 0, 13),
		BPF_STMT(BPF_LD | BPF_B | BPF_ABS, NEXT_HEADER),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ICMPV6, 0, 11),
		BPF_STMT(BPF_LD | BPF_B | BPF_ABS, ICMP),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ADVERTISEMENT, 0, 9),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, TARGET),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, words[0], 0, 7),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, TARGET + 4),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, words[1], 0, 5),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, TARGET + 8),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, words[2], 0, 3),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, TARGET + 12),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, words[3], 0, 1),
		BPF_STMT(BPF_RET | BPF_K, UINT32_MAX),
		BPF_STMT(BPF_RET | BPF_K, 0),
	};

	memcpy(filter, program, sizeof(program));
}
