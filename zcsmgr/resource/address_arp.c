/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "address_arp.h"

#include <string.h>

enum {
	ETHERNET_TYPE = 12,
	ARP = 14, /* where the ARP packet begins */
	OPERATION = ARP + 6,
	SENDER_MAC = ARP + 8,
	SENDER_IP = ARP + 14,
	TARGET_MAC = ARP + 18,
	TARGET_IP = ARP + 24,

	REQUEST = 1,
	REPLY = 2,
};

/* Ethernet type ARP, then: hardware Ethernet, protocol IPv4, lengths 6 and 4. */
static const uint8_t fixed[] = {0x08, 0x06, 0, 1, 0x08, 0, 6, 4};

static void build(uint8_t frame[ADDRESS_ARP_SIZE], uint8_t operation, const uint8_t mac[6],
		  const uint8_t target[4])
{
	memset(frame, 0, ADDRESS_ARP_SIZE);
	memset(frame, 0xff, 6);
	memcpy(frame + 6, mac, 6);
	memcpy(frame + ETHERNET_TYPE, fixed, sizeof(fixed));
	frame[OPERATION + 1] = operation;
	memcpy(frame + SENDER_MAC, mac, 6);
	memcpy(frame + TARGET_IP, target, 4);
}

void address_arp_probe(uint8_t frame[ADDRESS_ARP_SIZE], const uint8_t mac[6], const uint8_t ip[4])
{
	build(frame, REQUEST, mac, ip);
}

void address_arp_request(uint8_t frame[ADDRESS_ARP_SIZE], const uint8_t mac[6], const uint8_t ip[4])
{
	build(frame, REQUEST, mac, ip);
	memcpy(frame + SENDER_IP, ip, 4);
}

void address_arp_reply(uint8_t frame[ADDRESS_ARP_SIZE], const uint8_t mac[6], const uint8_t ip[4])
{
	build(frame, REPLY, mac, ip);
	memcpy(frame + SENDER_IP, ip, 4);
	memcpy(frame + TARGET_MAC, mac, 6);
}

bool address_arp_claims(const uint8_t *frame, size_t size, const uint8_t ip[4], uint8_t mac[6])
{
	if (size < ADDRESS_ARP_SIZE || memcmp(frame + ETHERNET_TYPE, fixed, sizeof(fixed)) != 0)
		return false;
	if (frame[OPERATION] != 0 ||
	    (frame[OPERATION + 1] != REQUEST && frame[OPERATION + 1] != REPLY))
		return false;
	if (memcmp(frame + SENDER_IP, ip, 4) != 0)
		return false;
	memcpy(mac, frame + SENDER_MAC, 6);
	return true;
}

void address_arp_filter(struct sock_filter filter[ADDRESS_ARP_FILTER], const uint8_t ip[4])
{
	uint32_t address =
		(uint32_t)ip[0] << 24 | (uint32_t)ip[1] << 16 | (uint32_t)ip[2] << 8 | ip[3];
	const struct sock_filter program[ADDRESS_ARP_FILTER] = {
		BPF_STMT(BPF_LD | BPF_H | BPF_ABS, ETHERNET_TYPE),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0x0806, 0, 5),
		BPF_STMT(BPF_LD | BPF_H | BPF_ABS, OPERATION),
		BPF_JUMP(BPF_JMP | BPF_JGT | BPF_K, REPLY, 3, 0),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, SENDER_IP),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, address, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, UINT32_MAX),
		BPF_STMT(BPF_RET | BPF_K, 0),
	};

	memcpy(filter, program, sizeof(program));
}
