/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Scenarios as data: made, freed, and written as files. */
#include "scenario.h"

#include "names.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void fill_resource(struct resource_config *resource, enum resource_type type)
{
	memset(resource, 0, sizeof(*resource));
	resource->type = type;
	snprintf(resource->name, sizeof(resource->name), "%s", config_resource_type_name(type));
	resource->start_timeout_ms = type == RESOURCE_ZIMBRA ? 60000 : 30000;
	resource->stop_timeout_ms = type == RESOURCE_ZIMBRA ? 60000 : 30000;
	resource->monitor_timeout_ms = 5000;
	resource->monitor_interval_ms = 5000;
	resource->fall = 2;
}

void scenario_fill_service(struct config *config, const struct sim_cluster *cluster, unsigned index,
			   const char *name)
{
	struct service_config *service = &config->services[index];

	memset(service, 0, sizeof(*service));
	snprintf(service->name, sizeof(service->name), "%s", name);
	/* Two nodes; further ones have a vote only. Services prefer them in turn. */
	service->node_count = cluster->node_count < 2 ? cluster->node_count : 2;
	for (unsigned i = 0; i < service->node_count; i++)
		memcpy(service->nodes[i], cluster->names[(i + index) % service->node_count],
		       CONFIG_NAME_SIZE);
	service->resource_count = 4;
	fill_resource(&service->resources[0], RESOURCE_DRBD);
	fill_resource(&service->resources[1], RESOURCE_FILESYSTEM);
	fill_resource(&service->resources[2], RESOURCE_ADDRESS);
	fill_resource(&service->resources[3], RESOURCE_ZIMBRA);
	service->restart_limit = 1;
	service->restart_window_ms = 600000;
}

struct scenario *scenario_new(void)
{
	struct scenario *scenario = calloc(1, sizeof(*scenario));
	struct config *config = calloc(1, sizeof(*config));

	if (!scenario || !config) {
		free(scenario);
		free(config);
		return NULL;
	}
	scenario->config = config;
	scenario->seed = 4; /* with it, the first node is first */
	scenario->cluster.node_count = 2;
	for (unsigned i = 0; i < SIM_NODES; i++)
		snprintf(scenario->cluster.names[i], CONFIG_NAME_SIZE, "node%u", i + 1);
	scenario->cluster.token_ms = 1000;
	scenario->cluster.consensus_ms = 1200;
	scenario->cluster.sync_timeout_ms = 5000;
	config->fencing_delay_ms = 5000;
	config->corosync_grace_ms = 20000;
	config->silence_ms = 30000;
	config->state_interval_ms = 1000;
	memset(config->digest, 1, sizeof(config->digest));
	return scenario;
}

void scenario_free(struct scenario *scenario)
{
	if (!scenario)
		return;
	free(scenario->config);
	free(scenario);
}

/* ---- as a file ------------------------------------------------------------------------------- */

static void print_service(FILE *file, const struct service_config *service)
{
	static const enum resource_type all[] = {RESOURCE_DRBD, RESOURCE_FILESYSTEM,
						 RESOURCE_ADDRESS, RESOURCE_ZIMBRA};

	fprintf(file, "service %s nodes", service->name);
	for (unsigned i = 0; i < service->node_count; i++)
		fprintf(file, " %s", service->nodes[i]);
	for (unsigned i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		bool has = false;

		for (unsigned j = 0; j < service->resource_count; j++)
			has = has || service->resources[j].type == all[i];
		if (!has)
			fprintf(file, " without %s", config_resource_type_name(all[i]));
	}
	if (service->restart_limit != 1)
		fprintf(file, " restarts %u", service->restart_limit);
	fprintf(file, "%s\n", service->failback ? " failback" : "");
}

static void print_cluster(FILE *file, const struct scenario *scenario)
{
	static const char *const quorums[] = {"two_node", "majority", "qdevice"};
	const struct sim_cluster *cluster = &scenario->cluster;
	const struct config *config = scenario->config;

	fprintf(file, "nodes %u\n", cluster->node_count);
	fprintf(file, "quorum %s%s\n", quorums[cluster->quorum],
		cluster->wait_for_all ? " wait_for_all" : "");
	fprintf(file, "drbd %s\n",
		cluster->drbd_fencing == SIM_DRBD_STONITH ? "stonith" : "dont-care");
	if (cluster->quorum == SIM_QDEVICE)
		fprintf(file, "sync-timeout %ums\n", cluster->sync_timeout_ms);
	fprintf(file, "fencing %s%s\n", config->fencing_count ? "all" : "none",
		config->fencing_count && !config->fencing[0].power_on ? " off" : "");
	if (config->watchdog_set)
		fprintf(file, "watchdog %ums lease %ums\n", config->watchdog_timeout_ms,
			config->watchdog_lease_ms);
	for (unsigned i = 0; i < config->service_count; i++)
		print_service(file, &config->services[i]);
	fprintf(file, "seed %llu\n\n", (unsigned long long)scenario->seed);
}

/* Only what generated scenarios end with. */
static void print_condition(FILE *file, const struct scenario *scenario,
			    const struct scenario_statement *statement)
{
	if (statement->condition.what == WHAT_ACTIVE)
		fprintf(file, "until %llums active %s\n", (unsigned long long)statement->within_ms,
			scenario->config->services[statement->condition.service].name);
}

static void print_when(FILE *file, const struct scenario *scenario,
		       const struct scenario_statement *statement)
{
	const struct scenario_condition *condition = &statement->condition;
	char text[SCENARIO_TEXT];

	scenario_action_text(&scenario->cluster, scenario->config, &statement->action, text,
			     sizeof(text));
	fprintf(file, "at %llu.%03llus when %s", (unsigned long long)statement->at_ms / 1000,
		(unsigned long long)statement->at_ms % 1000, names_reason_code(condition->code));
	if (condition->node != CORE_NONE)
		fprintf(file, " by %s", scenario->cluster.names[condition->node]);
	if (condition->times > 1)
		fprintf(file, " times %llu", (unsigned long long)condition->times);
	fprintf(file, " after %llums %s\n", (unsigned long long)statement->within_ms, text);
}

void scenario_print(const struct scenario *scenario, void *where)
{
	FILE *file = where;
	char text[SCENARIO_TEXT];

	if (scenario->title[0])
		fprintf(file, "title %s\n", scenario->title);
	print_cluster(file, scenario);
	for (unsigned i = 0; i < scenario->count; i++) {
		const struct scenario_statement *statement = &scenario->statements[i];

		switch (statement->kind) {
		case STATEMENT_ACT:
			scenario_action_text(&scenario->cluster, scenario->config,
					     &statement->action, text, sizeof(text));
			fprintf(file, "at %llu.%03llus %s\n",
				(unsigned long long)statement->at_ms / 1000,
				(unsigned long long)statement->at_ms % 1000, text);
			break;
		case STATEMENT_WHEN:
			print_when(file, scenario, statement);
			break;
		case STATEMENT_MEND:
			fprintf(file, "at %llu.%03llus mend\n",
				(unsigned long long)statement->at_ms / 1000,
				(unsigned long long)statement->at_ms % 1000);
			break;
		case STATEMENT_RUN:
			fprintf(file, "run %llums\n", (unsigned long long)statement->at_ms);
			break;
		case STATEMENT_UNTIL:
			print_condition(file, scenario, statement);
			break;
		case STATEMENT_EXPECT:
		case STATEMENT_WHY:
			break; /* written by people only */
		}
	}
}
