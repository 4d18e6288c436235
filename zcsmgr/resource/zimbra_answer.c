/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "zimbra_answer.h"

#include <string.h>

/* Basic encoding rules, and the LDAP messages of RFC 4511. */
enum {
	BER_SEQUENCE = 0x30,
	BER_LONG_LENGTH = 0x80, /* the low bits count the bytes of length that follow */
	BER_LENGTH_BYTES = 4,
	LDAP_BIND_RESPONSE = 0x61,
};

enum {
	MYSQL_HEADER_SIZE = 4, /* 3 bytes of length, the packet's number */
	MYSQL_PROTOCOL = 10,   /* an error packet has 0xff here: too many connections, no entry */
};

enum {
	TLS_ALERT = 0x15,
	TLS_HANDSHAKE = 0x16,
	TLS_MAJOR = 3,
	TLS_HEADER_SIZE = 5,
};

/* An anonymous bind of version 3, as message 1; an unbind, as message 2. */
static const uint8_t ldap_bind[] = {0x30, 0x0c, 0x02, 0x01, 0x01, 0x60, 0x07,
				    0x02, 0x01, 0x03, 0x04, 0x00, 0x80, 0x00};
static const uint8_t ldap_unbind[] = {0x30, 0x05, 0x02, 0x01, 0x02, 0x42, 0x00};
static const uint8_t ldap_message_1[] = {0x02, 0x01, 0x01};

/* A ClientHello of TLS 1.2 with one cipher and no extension. No session comes of it, so its
   random bytes need not be random. */
static const uint8_t client_hello[] = {
	0x16, 0x03, 0x01, 0x00, 0x2d, 0x01, 0x00, 0x00, 0x29, 0x03, 0x03, 'z', 'c',
	's',  'm',  'g',  'r',	' ',  'l',  'o',  'o',	'k',  's',  ' ',  'w', 'h',
	'e',  't',  'h',  'e',	'r',  ' ',  'y',  'o',	'u',  ' ',  'l',  'i', 'v',
	'e',  '.',  '.',  '.',	0x00, 0x00, 0x02, 0x00, 0x2f, 0x01, 0x00,
};

static const char smtp_farewell[] = "QUIT\r\n";
static const char imap_farewell[] = "z LOGOUT\r\n";

static enum zimbra_answer judge_text(const char *expected, const uint8_t *answer, size_t size)
{
	size_t length = strlen(expected);

	if (memcmp(answer, expected, size < length ? size : length) != 0)
		return ZIMBRA_ANSWER_BAD;
	return size < length ? ZIMBRA_ANSWER_MORE : ZIMBRA_ANSWER_GOOD;
}

/* Any result of the bind is an answer, a refusal of anonymous binds too. */
static enum zimbra_answer judge_ldap(const uint8_t *answer, size_t size)
{
	size_t at = 2; /* after the sequence's tag and its length, if that is short */

	if (size > 0 && answer[0] != BER_SEQUENCE)
		return ZIMBRA_ANSWER_BAD;
	if (size < at)
		return ZIMBRA_ANSWER_MORE;
	if (answer[1] & BER_LONG_LENGTH) {
		unsigned bytes = answer[1] & ~(unsigned)BER_LONG_LENGTH;

		if (bytes == 0 || bytes > BER_LENGTH_BYTES)
			return ZIMBRA_ANSWER_BAD;
		at += bytes;
	}
	if (size <= at + sizeof(ldap_message_1))
		return ZIMBRA_ANSWER_MORE;
	if (memcmp(answer + at, ldap_message_1, sizeof(ldap_message_1)) != 0 ||
	    answer[at + sizeof(ldap_message_1)] != LDAP_BIND_RESPONSE)
		return ZIMBRA_ANSWER_BAD;
	return ZIMBRA_ANSWER_GOOD;
}

static enum zimbra_answer judge_mysql(const uint8_t *answer, size_t size)
{
	if (size >= MYSQL_HEADER_SIZE && answer[MYSQL_HEADER_SIZE - 1] != 0)
		return ZIMBRA_ANSWER_BAD; /* not the first packet of a conversation */
	if (size <= MYSQL_HEADER_SIZE)
		return ZIMBRA_ANSWER_MORE;
	return answer[MYSQL_HEADER_SIZE] == MYSQL_PROTOCOL ? ZIMBRA_ANSWER_GOOD : ZIMBRA_ANSWER_BAD;
}

/* An alert is an answer: it disliked our hello, but it lives. */
static enum zimbra_answer judge_tls(const uint8_t *answer, size_t size)
{
	if (size > 0 && answer[0] != TLS_ALERT && answer[0] != TLS_HANDSHAKE)
		return ZIMBRA_ANSWER_BAD;
	if (size > 1 && answer[1] != TLS_MAJOR)
		return ZIMBRA_ANSWER_BAD;
	return size < TLS_HEADER_SIZE ? ZIMBRA_ANSWER_MORE : ZIMBRA_ANSWER_GOOD;
}

enum zimbra_answer zimbra_answer_judge(enum zimbra_check check, const uint8_t *answer, size_t size)
{
	switch (check) {
	case ZIMBRA_CHECK_SMTP:
	case ZIMBRA_CHECK_LMTP:
		return judge_text("220", answer, size);
	case ZIMBRA_CHECK_IMAP:
		return judge_text("* OK", answer, size);
	case ZIMBRA_CHECK_LDAP:
		return judge_ldap(answer, size);
	case ZIMBRA_CHECK_MYSQL:
		return judge_mysql(answer, size);
	case ZIMBRA_CHECK_HTTPS:
		return judge_tls(answer, size);
	case ZIMBRA_CHECKS:
		break;
	}
	return ZIMBRA_ANSWER_BAD;
}

const void *zimbra_answer_request(enum zimbra_check check, size_t *size)
{
	switch (check) {
	case ZIMBRA_CHECK_LDAP:
		*size = sizeof(ldap_bind);
		return ldap_bind;
	case ZIMBRA_CHECK_HTTPS:
		*size = sizeof(client_hello);
		return client_hello;
	default:
		*size = 0;
		return NULL;
	}
}

const void *zimbra_answer_farewell(enum zimbra_check check, size_t *size)
{
	switch (check) {
	case ZIMBRA_CHECK_SMTP:
	case ZIMBRA_CHECK_LMTP:
		*size = sizeof(smtp_farewell) - 1;
		return smtp_farewell;
	case ZIMBRA_CHECK_IMAP:
		*size = sizeof(imap_farewell) - 1;
		return imap_farewell;
	case ZIMBRA_CHECK_LDAP:
		*size = sizeof(ldap_unbind);
		return ldap_unbind;
	default:
		*size = 0;
		return NULL;
	}
}
