/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether the fence agents answer, how fast, and what happens when a node is lost. */
#include <stdlib.h>
#include <string.h>

#include "agent.h"
#include "check_internal.h"

enum {
	AGENT_SLACK_MS = 3000,	/* its own deadline comes first, with better words */
	SKEW_UNKNOWN_MS = 1000, /* between two nodes' noticing, if corosync's token is not known */
};

enum answer { ANSWER_NONE, ANSWER_OFF, ANSWER_ON };

static void ask_status(int fd, void *data)
{
	struct process_record finding = {.kind = PROCESS_FINDING, .value = FINDING_ERROR};
	struct process_record answer = {.kind = PROCESS_OUTCOME, .value = ANSWER_NONE};
	int status = agent_status(data, finding.text, sizeof(finding.text));

	if (status < 0)
		process_send(fd, &finding);
	else
		answer.value = status == 1 ? ANSWER_ON : ANSWER_OFF;
	process_send(fd, &answer);
}

static void judge_answer(struct check *check, const char *object,
			 const struct fencing_config *fencing, int answer, uint64_t took_ms)
{
	double seconds = (double)took_ms / 1000;

	if (answer == ANSWER_ON)
		check_add(check, FINDING_OK, object, "%s says on, within %.1f s", fencing->agent,
			  seconds);
	else if (answer == ANSWER_OFF && strcmp(fencing->node, check->node) == 0)
		check_add(check, FINDING_ERROR, object,
			  "%s says that this node is off: it asks about another machine; correct "
			  "the address, plug or port in its options",
			  fencing->agent);
	else if (answer == ANSWER_OFF)
		check_add(check, FINDING_WARNING, object,
			  "%s says off, within %.1f s; if %s is running, it asks about another "
			  "machine: correct the address, plug or port in its options",
			  fencing->agent, seconds, fencing->node);
}

/* How long the agent took to answer; 0: it did not. */
static uint64_t check_agent(struct check *check, const struct fencing_config *fencing)
{
	char object[CONFIG_NAME_SIZE + 16];
	uint64_t before_ms = driver_now_ms(), took_ms;
	int answer;

	snprintf(object, sizeof(object), "fencing %s", fencing->node);
	answer = check_ask(check, object, ask_status, (void *)(uintptr_t)fencing,
			   fencing->timeout_ms + AGENT_SLACK_MS);
	took_ms = driver_now_ms() - before_ms;
	judge_answer(check, object, fencing, answer, took_ms);
	return answer == ANSWER_ON || answer == ANSWER_OFF ? took_ms : 0;
}

/*
 * Of two nodes that lost each other, one waits fencing_delay and is switched off meanwhile: its
 * delay must cover that the other notices later, and then switches off. That takes a session with
 * the controller for the command and, within it or after, one for the proof: twice what status
 * took, at the least.
 */
static void judge_delay(struct check *check, uint64_t slowest_ms)
{
	uint32_t skew_ms = check->token_ms ? check->token_ms : SKEW_UNKNOWN_MS;
	uint64_t needed_ms = skew_ms + 2 * slowest_ms;

	if (slowest_ms == 0)
		return;
	if (check->config->fencing_delay_ms >= needed_ms) {
		check_add(check, FINDING_OK, "fencing_delay",
			  "%.1f s, and at least %.1f s are needed",
			  (double)check->config->fencing_delay_ms / 1000, (double)needed_ms / 1000);
		return;
	}
	check_add(
		check, FINDING_WARNING, "fencing_delay",
		"%.1f s are too short: nodes that lose each other notice up to %.1f s apart, and "
		"switching off takes at least twice the %.1f s that an agent took for its status, "
		"so both could be switched off; set fencing_delay = %llu or more",
		(double)check->config->fencing_delay_ms / 1000, (double)skew_ms / 1000,
		(double)slowest_ms / 1000, (unsigned long long)(needed_ms + 999) / 1000);
}

static bool is_listed(const char *const *names, unsigned count, const char *name)
{
	for (unsigned i = 0; i < count; i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
}

/* The nodes of all services that have no agent; returns their number. */
static unsigned find_uncovered(const struct config *config, const char **names)
{
	unsigned count = 0;

	for (unsigned i = 0; i < config->service_count; i++)
		for (unsigned j = 0; j < config->services[i].node_count; j++) {
			const char *node = config->services[i].nodes[j];

			if (!config_find_fencing(config, node) && !is_listed(names, count, node))
				names[count++] = node;
		}
	return count;
}

static void tell_mode(struct check *check)
{
	const char *names[CONFIG_SERVICES * CONFIG_NODES];
	unsigned count = find_uncovered(check->config, names);
	char list[1024] = "";
	size_t length = 0;

	if (count == 0) {
		check_add(check, FINDING_OK, "mode",
			  "fencing: a lost node is switched off, then its services are taken over");
		return;
	}
	if (check->config->watchdog_set && check->majority) {
		check_add(check, FINDING_OK, "mode",
			  "third vote: a node without the majority is reset when its lease ends, "
			  "and its services are taken over once its watchdog has run out, too");
		return;
	}
	for (unsigned i = 0; i < count && length < sizeof(list); i++)
		length += (size_t)snprintf(list + length, sizeof(list) - length, "%s%s",
					   i ? ", " : "", names[i]);
	check_add(check, check->config->fencing_count ? FINDING_ERROR : FINDING_WARNING, "mode",
		  "manual: when a node is lost without a word, its services wait until an operator "
		  "says 'zcsmgr confirm-down'. For takeover without one, add fencing for: %s",
		  list);
}

void check_fencing(struct check *check)
{
	uint64_t slowest_ms = 0;

	for (unsigned i = 0; i < check->config->fencing_count; i++) {
		uint64_t took_ms = check_agent(check, &check->config->fencing[i]);

		if (took_ms > slowest_ms)
			slowest_ms = took_ms;
	}
	judge_delay(check, slowest_ms);
	tell_mode(check);
}
