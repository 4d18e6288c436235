/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "status.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "attention.h"
#include "names.h"

static const char *phase_name(enum core_phase phase)
{
	static const char *const names[] = {"unknown", "stopped", "starting", "active", "stopping"};

	return names[phase];
}

static const char *mode_name(enum core_mode mode)
{
	static const char *const names[] = {"manual", "fencing", "third-vote"};

	return names[mode];
}

const char *status_node_name(void *data, uint32_t nodeid)
{
	const struct core_settings *settings = data;

	for (unsigned i = 0; settings && i < settings->node_count; i++)
		if (settings->nodes[i].nodeid == nodeid)
			return settings->nodes[i].name;
	return NULL;
}

void status_sentence(const struct status_input *input, const struct reason *reason, char *text,
		     size_t size)
{
	struct reason shown = *reason;

	if (input->steady)
		shown.number = 0;
	names_reason(text, size, &shown, input->config, status_node_name, (void *)input->settings);
}

static const char *node_name(const struct status_input *input, uint32_t nodeid)
{
	return status_node_name((void *)input->settings, nodeid);
}

static void set(json_t *object, const char *key, json_t *value)
{
	json_object_set_new(object, key, value);
}

static json_t *text_or_null(const char *text)
{
	return text ? json_string(text) : json_null();
}

static json_t *number_or_null(unsigned number)
{
	return number ? json_integer(number) : json_null();
}

static json_t *seconds(uint64_t ms)
{
	return json_real((double)(ms / 100) / 10);
}

static void set_since(const struct status_input *input, json_t *object, uint64_t since_ms)
{
	uint64_t for_ms = input->now_ms > since_ms ? input->now_ms - since_ms : 0;

	if (!input->steady)
		set(object, "since_s", seconds(for_ms));
}

/* ---- nodes ---------------------------------------------------------------------------------- */

static json_t *build_node(const struct status_input *input, const struct core_node_status *node)
{
	json_t *object = json_object();

	set(object, "name", text_or_null(node_name(input, node->nodeid)));
	set(object, "id", json_integer(node->nodeid));
	set(object, "self", json_boolean(node->self));
	set(object, "member", json_boolean(node->member));
	set(object, "present", json_boolean(node->present));
	set(object, "heard", json_boolean(node->heard));
	set(object, "silent", json_boolean(node->silent));
	set(object, "standby", json_boolean(node->standby));
	set(object, "fencing", json_boolean(node->fencing_now));
	set(object, "fenced", json_boolean(node->fenced));
	set(object, "confirmed", json_boolean(node->confirmed));
	set(object, "same_config", json_boolean(node->same_config));
	set(object, "protocol", number_or_null(node->protocol));
	set(object, "watchdog", node->watchdog_ms ? seconds(node->watchdog_ms) : json_null());
	set_since(input, object, node->since_ms);
	return object;
}

static json_t *build_nodes(const struct status_input *input, const struct core_status *status)
{
	json_t *array = json_array();

	for (unsigned i = 0; i < status->node_count; i++)
		json_array_append_new(array, build_node(input, &status->nodes[i]));
	return array;
}

/* ---- services ------------------------------------------------------------------------------- */

static json_t *resource_name(const struct service_config *config, int index)
{
	if (index < 0 || (unsigned)index >= config->resource_count)
		return json_null();
	return json_string(config->resources[index].name);
}

/* Tools print what they like: what is no UTF-8 is not shown. */
static json_t *detail_text(const char *text)
{
	json_t *value = json_string(text);

	return value ? value : json_string("(no readable text)");
}

static json_t *build_resources(const struct status_input *input, unsigned index)
{
	const struct service_config *config = &input->config->services[index];
	json_t *array = json_array();

	for (unsigned i = 0; i < config->resource_count; i++) {
		const struct fact *fact = &input->facts->of[index][i];
		json_t *object = json_object();

		set(object, "name", json_string(config->resources[i].name));
		set(object, "type",
		    json_string(config_resource_type_name(config->resources[i].type)));
		set(object, "state", json_string(facts_state_name(fact->state)));
		set(object, "detail", detail_text(fact->text));
		json_array_append_new(array, object);
	}
	return array;
}

static json_t *build_storage(const struct storage *storage)
{
	json_t *object = json_object();

	set(object, "role", json_string(names_role(storage->role)));
	set(object, "disk", json_string(names_disk(storage->disk)));
	set(object, "link", json_string(names_link(storage->link)));
	set(object, "peer_role", json_string(names_role(storage->peer_role)));
	set(object, "peer_disk", json_string(names_disk(storage->peer_disk)));
	set(object, "syncing", json_boolean(storage->syncing));
	set(object, "percent", json_integer(storage->percent));
	set(object, "suspended", json_boolean(storage->suspended));
	set(object, "split_brain", json_boolean(storage->split_brain));
	return object;
}

static bool is_of_service(const struct service_config *config, const char *node)
{
	for (unsigned i = 0; node && i < config->node_count; i++)
		if (strcmp(config->nodes[i], node) == 0)
			return true;
	return false;
}

static json_t *build_service_nodes(const struct status_input *input,
				   const struct core_status *status, unsigned index)
{
	const struct service_config *config = &input->config->services[index];
	const struct core_service_status *service = &status->services[index];
	json_t *array = json_array();

	for (unsigned i = 0; i < status->node_count; i++) {
		const char *name = node_name(input, status->nodes[i].nodeid);
		json_t *object;

		if (!is_of_service(config, name))
			continue;
		object = json_object();
		set(object, "name", json_string(name));
		set(object, "phase", json_string(phase_name(service->phase_of[i])));
		set(object, "step", resource_name(config, service->step_of[i]));
		set(object, "barred", json_boolean(service->barred[i]));
		set(object, "current", json_boolean(service->current[i]));
		if (service->storage_known[i])
			set(object, "storage", build_storage(&service->storage[i]));
		json_array_append_new(array, object);
	}
	return array;
}

/* What the driver or the agent said goes with what is decided about their object. */
static const char *detail_of(const struct status_input *input, const struct reason *reason)
{
	if (reason->code == REASON_WHY_CLEARANCE_FENCE_FAILED)
		return facts_fence_text(input->facts, reason->node);
	if (reason->service < 0 || reason->resource < 0 || reason->node != input->settings->nodeid)
		return "";
	return input->facts->of[reason->service][reason->resource].text;
}

static json_t *build_why(const struct status_input *input,
			 const struct core_service_status *service)
{
	json_t *array = json_array();

	for (unsigned i = 0; i < service->why_count; i++) {
		const struct reason *reason = &service->why[i];
		const char *detail = detail_of(input, reason);
		json_t *object = json_object();
		char text[512];

		status_sentence(input, reason, text, sizeof(text));
		set(object, "code", json_string(names_reason_code(reason->code)));
		set(object, "level", json_string(names_level(names_reason_level(reason->code))));
		set(object, "text", json_string(text));
		if (*detail)
			set(object, "detail", detail_text(detail));
		json_array_append_new(array, object);
	}
	return array;
}

static json_t *build_service(const struct status_input *input, const struct core_status *status,
			     unsigned index)
{
	const struct service_config *config = &input->config->services[index];
	const struct core_service_status *service = &status->services[index];
	json_t *object = json_object();

	set(object, "name", json_string(config->name));
	set(object, "phase", json_string(phase_name(service->phase)));
	set(object, "holder", text_or_null(node_name(input, service->holder)));
	set(object, "epoch", json_integer((json_int_t)service->epoch));
	set(object, "step", resource_name(config, input->core ? service->step : CORE_NONE));
	set_since(input, object, input->core ? service->since_ms : input->now_ms);
	set(object, "target", text_or_null(node_name(input, service->target)));
	set(object, "stopped", json_boolean(service->stopped_by_operator));
	set(object, "maintenance", json_boolean(service->maintenance));
	set(object, "failures", json_integer(service->failures));
	set(object, "resources", build_resources(input, index));
	set(object, "nodes", build_service_nodes(input, status, index));
	set(object, "why", build_why(input, service));
	return object;
}

static json_t *build_services(const struct status_input *input, const struct core_status *status)
{
	json_t *array = json_array();

	for (unsigned i = 0; i < input->config->service_count; i++)
		json_array_append_new(array, build_service(input, status, i));
	return array;
}

/* ---- the whole ------------------------------------------------------------------------------ */

static json_t *build_config(const struct config *config)
{
	char digest[2 * CONFIG_DIGEST_SIZE + 1] = "";

	for (unsigned i = 0; i < CONFIG_DIGEST_SIZE; i++)
		snprintf(digest + (size_t)2 * i, 3, "%02x", config->digest[i]);
	return json_pack("{s:s, s:s}", "path", config->path, "digest", digest);
}

static double wall_time(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return (double)now.tv_sec + (double)(now.tv_nsec / 1000000) / 1000;
}

static json_t *build(const struct status_input *input, const struct core_status *status)
{
	json_t *object = json_object();
	char ring[32];

	snprintf(ring, sizeof(ring), "%" PRIu32 ".%" PRIx64, status->ring.nodeid, status->ring.seq);
	set(object, "version", json_string(ZCSMGR_VERSION));
	set(object, "node", json_string(input->node));
	set(object, "cluster", json_string(input->cluster));
	if (!input->steady)
		set(object, "time", json_real(wall_time()));
	set(object, "connected", json_boolean(status->connected));
	set(object, "quorate", json_boolean(status->quorate));
	set(object, "settled", json_boolean(status->settled));
	set(object, "ring", json_string(ring));
	set(object, "mode", json_string(mode_name(status->mode)));
	set(object, "protocol", number_or_null(status->protocol));
	if (!input->steady)
		set(object, "lease_left_s",
		    status->leased ? seconds(status->lease_left_ms) : json_null());
	set(object, "config", build_config(input->config));
	set(object, "nodes", build_nodes(input, status));
	set(object, "services", build_services(input, status));
	set(object, "attention", attention_build(input, status));
	return object;
}

/* About 20 kB: not for the stack of a deep call. */
static struct core_status *get_status(const struct status_input *input)
{
	struct core_status *status = calloc(1, sizeof(*status));

	if (status && input->core)
		core_status(input->core, input->now_ms, status);
	return status;
}

json_t *status_build(const struct status_input *input)
{
	struct core_status *status = get_status(input);
	json_t *object = status ? build(input, status) : NULL;

	free(status);
	return object;
}

void status_line(const struct status_input *input, char *text, size_t size)
{
	struct core_status *status = get_status(input);
	size_t used = 0;

	text[0] = '\0';
	if (!status)
		return;
	if (!status->connected)
		used = (size_t)snprintf(text, size, "%s",
					input->problem ? input->problem
						       : "no contact with corosync");
	for (unsigned i = 0; i < status->service_count && used < size; i++) {
		const struct core_service_status *service = &status->services[i];
		const char *holder = node_name(input, service->holder);

		used += (size_t)snprintf(text + used, size - used, "%s%s: %s%s%s", used ? "; " : "",
					 input->config->services[i].name,
					 phase_name(service->phase), holder ? " on " : "",
					 holder ? holder : "");
	}
	free(status);
}
