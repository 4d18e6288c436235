/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The streams of 8.4 are those of a pair of real kernels and of the stand-in, which prints the
 * same lines; the streams of 9 are written after what its drbdsetup prints.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "drbd_events.h"
#include "drbd_generations.h"

#define PEER "peer-node-id:0 conn-name:peer"

static const char dump_84[] =
	"exists resource name:optzimbra role:Primary suspended:no\n"
	"exists connection name:optzimbra " PEER " connection:Connected role:Secondary\n"
	"exists device name:optzimbra volume:0 minor:3 disk:UpToDate\n"
	"exists peer-device name:optzimbra " PEER " volume:0 replication:Established "
	"peer-disk:UpToDate resync-suspended:no\n"
	"exists -\n";

static const char dump_9[] =
	"exists resource name:optzimbra role:Secondary suspended:no write-ordering:flush "
	"force-io-failures:no may_promote:yes promotion_score:10101\n"
	"exists connection name:optzimbra peer-node-id:1 conn-name:braavos connection:Connected "
	"role:Primary\n"
	"exists device name:optzimbra volume:0 minor:0 backing_dev:/dev/vg/zimbra disk:UpToDate "
	"client:no quorum:yes\n"
	"exists peer-device name:optzimbra peer-node-id:1 conn-name:braavos volume:0 "
	"replication:Established peer-disk:UpToDate peer-client:no resync-suspended:no\n"
	"exists path name:optzimbra peer-node-id:1 conn-name:braavos local:ipv4:10.0.0.1:7788 "
	"peer:ipv4:10.0.0.2:7788 established:yes\n"
	"exists -\n";

static struct drbd_events events;

static unsigned feed(const char *text)
{
	return drbd_events_feed(&events, text, strlen(text));
}

static struct storage facts(void)
{
	struct storage storage;

	drbd_events_storage(&events, &storage);
	return storage;
}

static struct storage after(const char *dump, const char *more)
{
	drbd_events_init(&events, "optzimbra");
	feed(dump);
	feed(more);
	return facts();
}

static void the_dump_of_8_4_is_understood(void **state)
{
	struct storage storage = after(dump_84, "");

	(void)state;
	assert_true(storage.known && storage.configured);
	assert_false(storage.suspended || storage.syncing || storage.split_brain);
	assert_int_equal(storage.role, STORAGE_PRIMARY);
	assert_int_equal(storage.peer_role, STORAGE_SECONDARY);
	assert_int_equal(storage.disk, STORAGE_UPTODATE);
	assert_int_equal(storage.peer_disk, STORAGE_UPTODATE);
	assert_int_equal(storage.link, STORAGE_CONNECTED);
	assert_int_equal(drbd_events_minor(&events), 3);
}

static void the_dump_of_9_is_understood(void **state)
{
	struct storage storage = after(dump_9, "");

	(void)state;
	assert_true(storage.known && storage.configured);
	assert_int_equal(storage.role, STORAGE_SECONDARY);
	assert_int_equal(storage.peer_role, STORAGE_PRIMARY);
	assert_int_equal(storage.disk, STORAGE_UPTODATE);
	assert_int_equal(storage.peer_disk, STORAGE_UPTODATE);
	assert_int_equal(storage.link, STORAGE_CONNECTED);
	assert_int_equal(drbd_events_minor(&events), 0);
}

static void nothing_is_known_before_the_dump_is_complete(void **state)
{
	(void)state;
	drbd_events_init(&events, "optzimbra");
	for (const char *at = dump_84; strncmp(at, "exists -", 8) != 0; at++) {
		drbd_events_feed(&events, at, 1);
		assert_false(facts().known);
	}
	assert_true(feed("exists -\n") & DRBD_EVENTS_COMPLETE);
	assert_true(facts().known);
}

static void assert_same(const struct storage *a, const struct storage *b)
{
	assert_int_equal(a->known, b->known);
	assert_int_equal(a->configured, b->configured);
	assert_int_equal(a->suspended, b->suspended);
	assert_int_equal(a->syncing, b->syncing);
	assert_int_equal(a->split_brain, b->split_brain);
	assert_int_equal(a->role, b->role);
	assert_int_equal(a->peer_role, b->peer_role);
	assert_int_equal(a->disk, b->disk);
	assert_int_equal(a->peer_disk, b->peer_disk);
	assert_int_equal(a->link, b->link);
	assert_int_equal(a->percent, b->percent);
}

static void a_stream_may_come_in_any_pieces(void **state)
{
	struct storage whole = after(dump_9, "");
	struct storage pieces;

	(void)state;
	for (size_t size = 1; size < 100; size++) {
		drbd_events_init(&events, "optzimbra");
		for (size_t at = 0; at < sizeof(dump_9) - 1; at += size)
			drbd_events_feed(&events, dump_9 + at,
					 sizeof(dump_9) - 1 - at < size ? sizeof(dump_9) - 1 - at
									: size);
		pieces = facts();
		assert_same(&whole, &pieces);
	}
}

static void a_resource_that_is_not_configured_is_known_to_be_so(void **state)
{
	struct storage storage = after("exists -\n", "");

	(void)state;
	assert_true(storage.known);
	assert_false(storage.configured);
	assert_int_equal(drbd_events_minor(&events), DRBD_EVENTS_NO_MINOR);
}

static void other_resources_do_not_count(void **state)
{
	struct storage storage =
		after(dump_84, "change resource name:optzimbra2 role:Secondary\n"
			       "change resource name:optzimbr role:Secondary\n"
			       "destroy resource name:files\n"
			       "change device name:files volume:0 minor:9 disk:Diskless\n");

	(void)state;
	assert_int_equal(storage.role, STORAGE_PRIMARY);
	assert_int_equal(storage.disk, STORAGE_UPTODATE);
}

static void a_lost_peer_is_told_step_by_step(void **state)
{
	struct storage storage;

	(void)state;
	after(dump_84, "");
	assert_int_equal(feed("change connection name:optzimbra " PEER
			      " connection:NetworkFailure role:Unknown\n"),
			 DRBD_EVENTS_CHANGED | DRBD_EVENTS_GENERATIONS);
	storage = facts();
	assert_int_equal(storage.link, STORAGE_CONNECTING);
	assert_int_equal(storage.peer_role, STORAGE_ROLE_UNKNOWN);
	feed("change peer-device name:optzimbra " PEER
	     " volume:0 replication:Off peer-disk:DUnknown\n"
	     "change connection name:optzimbra " PEER " connection:Unconnected\n"
	     "change connection name:optzimbra " PEER " connection:Connecting\n");
	storage = facts();
	assert_int_equal(storage.link, STORAGE_CONNECTING);
	assert_int_equal(storage.peer_disk, STORAGE_DISK_UNKNOWN);
	assert_int_equal(storage.role, STORAGE_PRIMARY);
}

static void connected_but_not_yet_compared_is_on_the_way(void **state)
{
	const char *lost = "change connection name:optzimbra " PEER " connection:Connecting "
			   "role:Unknown\n"
			   "change peer-device name:optzimbra " PEER
			   " volume:0 replication:Off peer-disk:DUnknown\n"
			   "change connection name:optzimbra " PEER " connection:Connected\n";

	(void)state;
	assert_int_equal(after(dump_84, lost).link, STORAGE_CONNECTING);
	feed("change connection name:optzimbra " PEER " role:Secondary\n"
	     "change peer-device name:optzimbra " PEER
	     " volume:0 replication:Established peer-disk:UpToDate\n");
	assert_int_equal(facts().link, STORAGE_CONNECTED);
}

static void a_resync_is_followed(void **state)
{
	struct storage storage =
		after(dump_84, "change device name:optzimbra volume:0 minor:3 disk:Inconsistent\n"
			       "change peer-device name:optzimbra " PEER
			       " volume:0 replication:SyncTarget\n");

	(void)state;
	assert_true(storage.syncing);
	assert_int_equal(storage.link, STORAGE_CONNECTED);
	assert_int_equal(storage.disk, STORAGE_INCONSISTENT);
	feed("change peer-device name:optzimbra " PEER " volume:0 done:41.70\n");
	assert_int_equal(facts().percent, 41);
	feed("change device name:optzimbra volume:0 minor:3 disk:UpToDate\n"
	     "change peer-device name:optzimbra " PEER " volume:0 replication:Established\n");
	storage = facts();
	assert_false(storage.syncing);
	assert_int_equal(storage.percent, 0);
	assert_int_equal(storage.disk, STORAGE_UPTODATE);
}

static void frozen_io_is_suspended(void **state)
{
	(void)state;
	assert_true(after(dump_84, "change resource name:optzimbra suspended:fencing\n").suspended);
	assert_true(
		after(dump_9, "change resource name:optzimbra suspended:user,quorum\n").suspended);
	feed("change resource name:optzimbra suspended:no\n");
	assert_false(facts().suspended);
}

static const char split_brain[] =
	"change connection name:optzimbra " PEER " connection:Connected\n"
	"call helper name:optzimbra " PEER " volume:0 minor:3 helper:initial-split-brain\n"
	"response helper name:optzimbra " PEER
	" volume:0 minor:3 helper:initial-split-brain status:0\n"
	"call helper name:optzimbra " PEER " volume:0 minor:3 helper:split-brain\n"
	"response helper name:optzimbra " PEER " volume:0 minor:3 helper:split-brain status:0\n"
	"change connection name:optzimbra " PEER " connection:Disconnecting\n"
	"change connection name:optzimbra " PEER " connection:StandAlone\n"
	"destroy peer-device name:optzimbra " PEER " volume:0\n"
	"destroy connection name:optzimbra " PEER "\n";

static void a_split_brain_lasts_until_both_are_connected(void **state)
{
	struct storage storage = after(dump_84, split_brain);

	(void)state;
	assert_true(storage.split_brain);
	assert_int_equal(storage.link, STORAGE_STANDALONE);
	assert_int_equal(storage.peer_role, STORAGE_ROLE_UNKNOWN);
	assert_int_equal(storage.peer_disk, STORAGE_DISK_UNKNOWN);
	feed("create connection name:optzimbra " PEER " connection:StandAlone role:Unknown\n"
	     "create peer-device name:optzimbra " PEER
	     " volume:0 replication:Off peer-disk:DUnknown resync-suspended:no\n"
	     "change connection name:optzimbra " PEER " connection:Connecting\n"
	     "change connection name:optzimbra " PEER " connection:Connected\n");
	assert_true(facts().split_brain);
	feed("change peer-device name:optzimbra " PEER
	     " volume:0 replication:WFBitMapT peer-disk:UpToDate\n");
	assert_false(facts().split_brain);
}

static void a_split_brain_that_a_policy_solves_is_none(void **state)
{
	struct storage storage = after(
		dump_84,
		"call helper name:optzimbra " PEER " volume:0 minor:3 helper:initial-split-brain\n"
		"change peer-device name:optzimbra " PEER " volume:0 replication:WFBitMapS\n"
		"change connection name:optzimbra " PEER " connection:StandAlone\n");

	(void)state;
	assert_false(storage.split_brain);
	assert_int_equal(storage.link, STORAGE_STANDALONE);
}

static void without_the_second_helper_standalone_tells_a_split_brain(void **state)
{
	(void)state;
	assert_true(after(dump_84,
			  "call helper name:optzimbra " PEER
			  " volume:0 minor:3 helper:initial-split-brain\n"
			  "change connection name:optzimbra " PEER " connection:StandAlone\n")
			    .split_brain);
}

static void an_operators_disconnect_is_no_split_brain(void **state)
{
	struct storage storage =
		after(dump_84, "change connection name:optzimbra " PEER
			       " connection:Disconnecting role:Unknown\n"
			       "change peer-device name:optzimbra " PEER
			       " volume:0 replication:Off peer-disk:DUnknown\n"
			       "change connection name:optzimbra " PEER " connection:StandAlone\n"
			       "destroy peer-device name:optzimbra " PEER " volume:0\n"
			       "destroy connection name:optzimbra " PEER "\n");

	(void)state;
	assert_false(storage.split_brain);
	assert_int_equal(storage.link, STORAGE_STANDALONE);
}

static void standalone_of_8_4_has_no_connection_name(void **state)
{
	struct storage storage =
		after("exists resource name:optzimbra role:Secondary suspended:no\n"
		      "exists connection name:optzimbra peer-node-id:0 connection:StandAlone "
		      "role:Unknown\n"
		      "exists device name:optzimbra volume:0 minor:0 disk:UpToDate\n"
		      "exists peer-device name:optzimbra peer-node-id:0 volume:0 replication:Off "
		      "peer-disk:DUnknown resync-suspended:no\n"
		      "exists -\n",
		      "");

	(void)state;
	assert_int_equal(storage.link, STORAGE_STANDALONE);
	assert_int_equal(storage.disk, STORAGE_UPTODATE);
}

static void a_resource_taken_down_is_not_configured(void **state)
{
	struct storage storage = after(dump_84, "destroy device name:optzimbra volume:0 minor:3\n"
						"destroy resource name:optzimbra\n");

	(void)state;
	assert_true(storage.known);
	assert_false(storage.configured);
	assert_int_equal(storage.role, STORAGE_ROLE_UNKNOWN);
	feed("create resource name:optzimbra role:Secondary suspended:no\n"
	     "create device name:optzimbra volume:0 minor:3 disk:Diskless\n");
	storage = facts();
	assert_true(storage.configured);
	assert_int_equal(storage.disk, STORAGE_DISKLESS);
	assert_int_equal(storage.link, STORAGE_STANDALONE);
}

static void states_on_the_way_to_a_disk_count_as_none(void **state)
{
	static const char *const names[] = {"Attaching", "Failed", "Negotiating", "Detaching"};
	char line[128];

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		snprintf(line, sizeof(line),
			 "change device name:optzimbra volume:0 minor:3 disk:%s\n", names[i]);
		assert_int_equal(after(dump_84, line).disk, STORAGE_DISKLESS);
	}
}

static void the_worst_of_several_volumes_counts(void **state)
{
	struct storage storage =
		after(dump_84, "create device name:optzimbra volume:1 minor:4 disk:Outdated\n"
			       "create peer-device name:optzimbra " PEER
			       " volume:1 replication:Off peer-disk:Consistent\n");

	(void)state;
	assert_int_equal(storage.disk, STORAGE_OUTDATED);
	assert_int_equal(storage.peer_disk, STORAGE_CONSISTENT);
	assert_int_equal(storage.link, STORAGE_CONNECTING);
	assert_int_equal(drbd_events_minor(&events), 3);
}

static void with_several_peers_all_with_disks_must_be_connected(void **state)
{
	const char *third = "create connection name:optzimbra peer-node-id:2 conn-name:meereen "
			    "connection:Connecting role:Unknown\n"
			    "create peer-device name:optzimbra peer-node-id:2 conn-name:meereen "
			    "volume:0 replication:Off peer-disk:DUnknown peer-client:no\n";

	(void)state;
	assert_int_equal(after(dump_9, third).link, STORAGE_CONNECTING);
	assert_int_equal(facts().peer_role, STORAGE_PRIMARY);
}

static void a_peer_without_disk_on_purpose_does_not_count(void **state)
{
	const char *client = "create connection name:optzimbra peer-node-id:2 conn-name:tie "
			     "connection:Connecting role:Unknown\n"
			     "create peer-device name:optzimbra peer-node-id:2 conn-name:tie "
			     "volume:0 replication:Off peer-disk:Diskless peer-client:yes\n";
	struct storage storage = after(dump_9, client);

	(void)state;
	assert_int_equal(storage.link, STORAGE_CONNECTED);
	assert_int_equal(storage.peer_disk, STORAGE_UPTODATE);
}

static void skipped_events_end_what_is_known(void **state)
{
	(void)state;
	after(dump_84, "");
	assert_true(feed("- skipped 2\n") & DRBD_EVENTS_LOST);
}

static void a_line_that_is_too_long_counts_as_lost(void **state)
{
	char line[DRBD_EVENTS_LINE + 1];

	(void)state;
	after(dump_84, "");
	memset(line, 'x', sizeof(line));
	assert_int_equal(drbd_events_feed(&events, line, sizeof(line)), 0);
	assert_true(feed("\n") & DRBD_EVENTS_LOST);
	assert_int_equal(feed("change resource name:optzimbra role:Secondary\n"),
			 DRBD_EVENTS_CHANGED | DRBD_EVENTS_GENERATIONS);
}

static void more_peers_than_fit_mean_that_nothing_is_known(void **state)
{
	char line[160];

	(void)state;
	after(dump_9, "");
	for (int i = 2; i < 2 + DRBD_EVENTS_PEERS; i++) {
		snprintf(line, sizeof(line),
			 "create connection name:optzimbra peer-node-id:%d conn-name:x "
			 "connection:Connected role:Secondary\n",
			 i);
		feed(line);
	}
	assert_false(facts().known);
}

static void more_volumes_than_fit_mean_that_nothing_is_known(void **state)
{
	char line[160];

	(void)state;
	after(dump_84, "");
	for (int i = 1; i < 1 + DRBD_EVENTS_VOLUMES; i++) {
		snprintf(line, sizeof(line),
			 "create device name:optzimbra volume:%d minor:%d disk:UpToDate\n", i, i);
		feed(line);
	}
	assert_false(facts().known);
}

static void timestamps_and_unknown_words_do_no_harm(void **state)
{
	struct storage storage =
		after(dump_84, "2024-05-01T12:00:00.000000+02:00 change resource name:optzimbra "
			       "role:Secondary colour:blue\n"
			       "rename resource name:optzimbra new_name:other\n"
			       "change galaxy name:optzimbra role:Primary\n"
			       "change device name:optzimbra disk:Diskless\n"
			       "change\n"
			       "\n"
			       "exists resource role:Primary\n");

	(void)state;
	assert_true(storage.configured);
	assert_int_equal(storage.role, STORAGE_SECONDARY);
	assert_int_equal(storage.disk, STORAGE_UPTODATE);
}

static void unknown_states_are_unknown(void **state)
{
	struct storage storage =
		after(dump_84, "change resource name:optzimbra role:Emperor\n"
			       "change device name:optzimbra volume:0 minor:3 disk:\n"
			       "change connection name:optzimbra " PEER " connection:Entangled\n");

	(void)state;
	assert_int_equal(storage.role, STORAGE_ROLE_UNKNOWN);
	assert_int_equal(storage.disk, STORAGE_DISK_UNKNOWN);
	assert_int_equal(storage.link, STORAGE_CONNECTING);
}

static void generations_are_read_without_the_primary_bit(void **state)
{
	struct storage storage = {0};

	(void)state;
	assert_int_equal(drbd_generations_parse("A80576CBFF3AB3F3:0000000000000004:"
						"00000000000000FF:ffffffffffffffff:1:1:1:0:0:0:0\n",
						&storage),
			 0);
	assert_true(storage.generations_known);
	assert_true(storage.current == 0xA80576CBFF3AB3F2);
	assert_true(storage.bitmap == 4);
	assert_true(storage.history[0] == 0xFE);
	assert_true(storage.history[1] == 0xFFFFFFFFFFFFFFFE);
}

static void broken_generations_change_nothing(void **state)
{
	static const char *const texts[] = {
		"",
		"Device has no disk\n",
		"A80576CBFF3AB3F3:0000000000000004:00000000000000FF",
		"A80576CBFF3AB3F3:0000000000000004:00000000000000FF:",
		"A80576CBFF3AB3F:0000000000000004:00000000000000FF:0000000000000000:1\n",
		"A80576CBFF3AB3F33:0000000000000004:00000000000000FF:0000000000000000:1\n",
		"-80576CBFF3AB3F3:0000000000000004:00000000000000FF:0000000000000000:1\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		struct storage storage = {.current = 7};

		assert_int_equal(drbd_generations_parse(texts[i], &storage), -1);
		assert_true(storage.current == 7 && !storage.generations_known);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_dump_of_8_4_is_understood),
		cmocka_unit_test(the_dump_of_9_is_understood),
		cmocka_unit_test(nothing_is_known_before_the_dump_is_complete),
		cmocka_unit_test(a_stream_may_come_in_any_pieces),
		cmocka_unit_test(a_resource_that_is_not_configured_is_known_to_be_so),
		cmocka_unit_test(other_resources_do_not_count),
		cmocka_unit_test(a_lost_peer_is_told_step_by_step),
		cmocka_unit_test(connected_but_not_yet_compared_is_on_the_way),
		cmocka_unit_test(a_resync_is_followed),
		cmocka_unit_test(frozen_io_is_suspended),
		cmocka_unit_test(a_split_brain_lasts_until_both_are_connected),
		cmocka_unit_test(a_split_brain_that_a_policy_solves_is_none),
		cmocka_unit_test(without_the_second_helper_standalone_tells_a_split_brain),
		cmocka_unit_test(an_operators_disconnect_is_no_split_brain),
		cmocka_unit_test(standalone_of_8_4_has_no_connection_name),
		cmocka_unit_test(a_resource_taken_down_is_not_configured),
		cmocka_unit_test(states_on_the_way_to_a_disk_count_as_none),
		cmocka_unit_test(the_worst_of_several_volumes_counts),
		cmocka_unit_test(with_several_peers_all_with_disks_must_be_connected),
		cmocka_unit_test(a_peer_without_disk_on_purpose_does_not_count),
		cmocka_unit_test(skipped_events_end_what_is_known),
		cmocka_unit_test(a_line_that_is_too_long_counts_as_lost),
		cmocka_unit_test(more_peers_than_fit_mean_that_nothing_is_known),
		cmocka_unit_test(more_volumes_than_fit_mean_that_nothing_is_known),
		cmocka_unit_test(timestamps_and_unknown_words_do_no_harm),
		cmocka_unit_test(unknown_states_are_unknown),
		cmocka_unit_test(generations_are_read_without_the_primary_bit),
		cmocka_unit_test(broken_generations_change_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
