/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "attention.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "names.h"

struct attention {
	const struct status_input *input;
	const struct core_status *status;
	json_t *lists[REASON_ERROR + 1]; /* by level */
	unsigned count;
};

static bool is_there(const json_t *list, const char *text)
{
	size_t index;
	json_t *line;

	json_array_foreach(list, index,
			   line) if (strcmp(json_string_value(json_object_get(line, "text")),
					    text) == 0) return true;
	return false;
}

__attribute__((format(printf, 3, 4))) static void
add(struct attention *attention, enum reason_level level, const char *format, ...)
{
	va_list arguments;
	char text[1024];
	json_t *line;

	va_start(arguments, format);
	vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	if (attention->count >= ATTENTION_LINES || is_there(attention->lists[level], text))
		return;
	line = json_pack("{s:s, s:s}", "level", names_level(level), "text", text);
	if (!line) /* what a tool said is no UTF-8 */
		return;
	json_array_append_new(attention->lists[level], line);
	attention->count++;
}

static void add_reason(struct attention *attention, const struct reason *reason)
{
	char text[512];

	status_sentence(attention->input, reason, text, sizeof(text));
	add(attention, names_reason_level(reason->code), "%s", text);
}

static void add_code(struct attention *attention, enum reason_code code, int service,
		     uint32_t nodeid)
{
	struct reason reason = {
		.code = code, .service = service, .resource = CORE_NONE, .node = nodeid};

	add_reason(attention, &reason);
}

static const char *name_of(const struct attention *attention, unsigned node)
{
	return status_node_name((void *)attention->input->settings,
				attention->status->nodes[node].nodeid);
}

/* ---- the cluster ---------------------------------------------------------------------------- */

static void about_cluster(struct attention *attention)
{
	const struct core_status *status = attention->status;

	if (attention->input->problem)
		add(attention, REASON_ERROR, "%s", attention->input->problem);
	else if (!status->connected)
		add_code(attention, REASON_WHY_NO_COROSYNC, CORE_NONE, 0);
	if (!status->connected)
		return;
	if (!status->quorate)
		add_code(attention, REASON_WHY_NO_QUORUM, CORE_NONE, 0);
	else if (!status->settled)
		add(attention, REASON_NOTICE,
		    "the nodes are still telling each other their states");
	if (status->mode == MODE_MANUAL)
		add(attention, REASON_NOTICE,
		    "mode manual: not every node has a fence agent, so the services of a node that "
		    "is lost wait for `zcsmgr confirm-down NODE`");
}

static void about_daemon(struct attention *attention)
{
	for (unsigned i = 0; i < STATUS_TROUBLES; i++)
		if (attention->input->troubles[i])
			add(attention, REASON_WARNING, "%s", attention->input->troubles[i]);
}

/* ---- nodes ---------------------------------------------------------------------------------- */

static void about_absence(struct attention *attention, const struct core_node_status *node,
			  const char *name)
{
	if (node->fencing_now)
		add_code(attention, REASON_FENCING, CORE_NONE, node->nodeid);
	else if (!node->member && node->fenced)
		add(attention, REASON_WARNING, "%s is out of the cluster: it was fenced", name);
	else if (!node->member && node->confirmed)
		add(attention, REASON_WARNING,
		    "%s is out of the cluster: the operator confirmed that it is down", name);
	else if (!node->member)
		add(attention, REASON_WARNING, "%s is not in the cluster", name);
	else if (!node->present)
		add(attention, REASON_WARNING,
		    "zcsmgr does not run on %s; start it there (systemctl start zcsmgr)", name);
	else if (node->silent)
		add(attention, REASON_WARNING,
		    "the daemon of %s is present but says nothing; restart it there (systemctl "
		    "restart zcsmgr: its services keep running)",
		    name);
}

/* A cluster of several versions works as its oldest member does. */
static void about_versions(struct attention *attention)
{
	const struct core_status *status = attention->status;
	unsigned highest = 0;

	for (unsigned i = 0; i < status->node_count; i++)
		if (status->nodes[i].present && status->nodes[i].protocol > highest)
			highest = status->nodes[i].protocol;
	for (unsigned i = 0; i < status->node_count; i++) {
		const struct core_node_status *node = &status->nodes[i];
		const char *name = name_of(attention, i);

		if (name && node->present && node->protocol != 0 && node->protocol < highest)
			add(attention, REASON_NOTICE,
			    "zcsmgr on %s is older than on other nodes, which work by its protocol "
			    "(%u, not %u) until it is upgraded",
			    name, node->protocol, highest);
	}
}

static void about_nodes(struct attention *attention)
{
	const struct core_status *status = attention->status;

	for (unsigned i = 0; i < status->node_count; i++) {
		const struct core_node_status *node = &status->nodes[i];
		const char *name = name_of(attention, i);

		if (!name)
			continue;
		if (!node->self && status->connected)
			about_absence(attention, node, name);
		if (!node->same_config)
			add_code(attention, REASON_WHY_CONFIG, CORE_NONE, node->nodeid);
		if (node->standby)
			add(attention, REASON_NOTICE,
			    "%s is in standby; `zcsmgr online %s` ends that", name, name);
	}
}

/* ---- services ------------------------------------------------------------------------------- */

/* The first reason that is more than a fact, else the first. */
static const struct reason *first_why(const struct core_service_status *service)
{
	for (unsigned i = 0; i < service->why_count; i++)
		if (names_reason_level(service->why[i].code) >= REASON_WARNING &&
		    service->why[i].code != REASON_WHY_HOLDER_ABSENT)
			return &service->why[i];
	return service->why_count ? &service->why[0] : NULL;
}

static bool is_held(const struct attention *attention, const struct core_service_status *service)
{
	for (unsigned i = 0; i < attention->status->node_count; i++)
		if (attention->status->nodes[i].nodeid == service->holder)
			return attention->status->nodes[i].self ||
			       attention->status->nodes[i].present;
	return false;
}

static void about_holder(struct attention *attention, unsigned index)
{
	const struct core_service_status *service = &attention->status->services[index];
	const char *name = attention->input->config->services[index].name;
	const struct reason *why = first_why(service);
	char text[512] = "";

	if (service->stopped_by_operator)
		add(attention, REASON_NOTICE,
		    "%s is stopped by the operator; `zcsmgr start %s` starts it", name, name);
	if (service->maintenance)
		add(attention, REASON_NOTICE,
		    "%s is in maintenance, nothing is done for it; `zcsmgr maintenance off %s` "
		    "ends "
		    "that",
		    name, name);
	if (service->stopped_by_operator || service->maintenance || is_held(attention, service))
		return;
	if (why)
		status_sentence(attention->input, why, text, sizeof(text));
	add(attention, REASON_ERROR, "%s runs nowhere%s%s", name, why ? ": " : "", text);
}

static void about_why(struct attention *attention, unsigned index)
{
	const struct core_service_status *service = &attention->status->services[index];

	for (unsigned i = 0; i < service->why_count; i++)
		if (names_reason_level(service->why[i].code) >= REASON_WARNING)
			add_reason(attention, &service->why[i]);
}

static void about_disk(struct attention *attention, unsigned index, unsigned node)
{
	const struct storage *storage = &attention->status->services[index].storage[node];
	const char *service = attention->input->config->services[index].name;
	const char *name = name_of(attention, node);

	if (storage->split_brain)
		add_code(attention, REASON_WHY_SPLIT_BRAIN, (int)index, 0);
	if (storage->suspended)
		add_code(attention, REASON_WHY_SUSPENDED, (int)index,
			 attention->status->nodes[node].nodeid);
	if (storage->link != STORAGE_LINK_UNKNOWN && storage->link != STORAGE_CONNECTED)
		add(attention, REASON_WARNING, "the disk of %s on %s is not connected: %s", service,
		    name, names_link(storage->link));
	if (storage->disk == STORAGE_UPTODATE)
		return;
	if (storage->syncing)
		add(attention, REASON_WARNING, "the disk of %s on %s is %s, %u %% are synchronised",
		    service, name, names_disk(storage->disk),
		    attention->input->steady ? 0 : storage->percent);
	else
		add(attention, REASON_WARNING, "the disk of %s on %s is %s", service, name,
		    names_disk(storage->disk));
}

static void about_service_nodes(struct attention *attention, unsigned index)
{
	const struct core_service_status *service = &attention->status->services[index];

	for (unsigned i = 0; i < attention->status->node_count; i++) {
		if (!name_of(attention, i))
			continue;
		if (service->barred[i])
			add_code(attention, REASON_WHY_BARRED, (int)index,
				 attention->status->nodes[i].nodeid);
		if (service->storage_known[i])
			about_disk(attention, index, i);
	}
}

static void about_resources(struct attention *attention, unsigned index)
{
	const struct service_config *config = &attention->input->config->services[index];

	for (unsigned i = 0; i < config->resource_count; i++) {
		const struct fact *fact = &attention->input->facts->of[index][i];

		if (fact->state != FACT_FAILED)
			continue;
		add(attention, REASON_ERROR, "%s of %s has failed on %s%s%s",
		    config->resources[i].name, config->name, attention->input->node,
		    fact->text[0] ? ": " : "", fact->text);
	}
}

static void about_failures(struct attention *attention, unsigned index)
{
	unsigned failures = attention->status->services[index].failures;
	const char *name = attention->input->config->services[index].name;

	if (failures > 0)
		add(attention, REASON_NOTICE,
		    "failures of %s on %s within its window: %u; `zcsmgr cleanup %s` forgets them",
		    name, attention->input->node, failures, name);
}

/* ---- the whole ------------------------------------------------------------------------------ */

json_t *attention_build(const struct status_input *input, const struct core_status *status)
{
	struct attention attention = {.input = input, .status = status};
	json_t *all = json_array();

	for (unsigned i = 0; i <= REASON_ERROR; i++)
		attention.lists[i] = json_array();
	about_cluster(&attention);
	for (unsigned i = 0; i < status->service_count; i++) {
		about_holder(&attention, i);
		about_why(&attention, i);
		about_resources(&attention, i);
		about_service_nodes(&attention, i);
		about_failures(&attention, i);
	}
	about_nodes(&attention);
	about_versions(&attention);
	about_daemon(&attention);
	for (unsigned i = REASON_ERROR + 1; i-- > 0;) {
		json_array_extend(all, attention.lists[i]);
		json_decref(attention.lists[i]);
	}
	return all;
}
