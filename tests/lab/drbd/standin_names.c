/* SPDX-License-Identifier: GPL-2.0-or-later */
/* DRBD's own words for its states and errors: scripts compare them. */
#include "standin.h"

static const char *const connections[CONNECTIONS] = {
	[CONN_STANDALONE] = "StandAlone",	  [CONN_DISCONNECTING] = "Disconnecting",
	[CONN_UNCONNECTED] = "Unconnected",	  [CONN_TIMEOUT] = "Timeout",
	[CONN_BROKEN_PIPE] = "BrokenPipe",	  [CONN_NETWORK_FAILURE] = "NetworkFailure",
	[CONN_PROTOCOL_ERROR] = "ProtocolError",  [CONN_TEAR_DOWN] = "TearDown",
	[CONN_WF_CONNECTION] = "WFConnection",	  [CONN_WF_REPORT_PARAMS] = "WFReportParams",
	[CONN_CONNECTED] = "Connected",		  [CONN_STARTING_SYNC_S] = "StartingSyncS",
	[CONN_STARTING_SYNC_T] = "StartingSyncT", [CONN_WF_BITMAP_S] = "WFBitMapS",
	[CONN_WF_BITMAP_T] = "WFBitMapT",	  [CONN_WF_SYNC_UUID] = "WFSyncUUID",
	[CONN_SYNC_SOURCE] = "SyncSource",	  [CONN_SYNC_TARGET] = "SyncTarget",
};

const char *role_name(enum role role)
{
	static const char *const names[] = {"Unknown", "Primary", "Secondary"};

	return names[role];
}

const char *disk_name(enum disk disk)
{
	static const char *const names[] = {
		"Diskless", "Attaching", "Failed",     "Negotiating", "Inconsistent",
		"Outdated", "DUnknown",	 "Consistent", "UpToDate",
	};

	return names[disk];
}

const char *connection_name(enum connection connection)
{
	return connections[connection];
}

/* The tool translates two of 8.4's states to the words of DRBD 9, in events2 and status. */
const char *link_name(enum connection connection)
{
	if (connection >= CONN_WF_REPORT_PARAMS)
		return "Connected";
	return connection == CONN_WF_CONNECTION ? "Connecting" : connections[connection];
}

const char *replication_name(enum connection connection)
{
	if (connection <= CONN_WF_REPORT_PARAMS)
		return "Off";
	return connection == CONN_CONNECTED ? "Established" : connections[connection];
}

const char *error_name(int code)
{
	switch (code) {
	case SS_TWO_PRIMARIES:
		return "Multiple primaries not allowed by config";
	case SS_NO_UP_TO_DATE_DISK:
		return "Need access to UpToDate data";
	case SS_NO_REMOTE_DISK:
		return "Can not resync without remote disk";
	case SS_CONNECTED_OUTDATES:
		return "Refusing to be Outdated while Connected";
	case SS_PRIMARY_NOP:
		return "Refusing to be Primary while peer is not outdated";
	case SS_RESYNC_RUNNING:
		return "Can not start OV/resync since it is already active";
	case SS_ALREADY_STANDALONE:
		return "Can not disconnect a StandAlone device";
	case SS_CW_FAILED_BY_PEER:
		return "State change was refused by peer node";
	case SS_IS_DISKLESS:
		return "Device is diskless, the requested operation requires a disk";
	case SS_DEVICE_IN_USE:
		return "Device is held open by someone";
	case SS_NEED_CONNECTION:
		return "Need a connection to start verify or resync";
	case SS_LOWER_THAN_OUTDATED:
		return "Disk state is lower than outdated";
	case SS_IN_TRANSIENT_STATE:
		return "In transient state, retry after next state change";
	case SS_CONCURRENT_CHANGE:
		return "Concurrent state changes detected and aborted";
	case ERR_OPEN_DISK:
		return "Can not open backing device.";
	case ERR_MD_INVALID:
		return "No valid meta-data signature found.\n\n"
		       "\t==> Use 'drbdadm create-md res' to initialize meta-data area. <==\n";
	case ERR_DISK_CONFIGURED:
		return "Device is attached to a disk (use detach first)";
	case ERR_NET_CONFIGURED:
		return "Device has a net-config (use disconnect first)";
	case ERR_MINOR_INVALID:
		return "Device minor not allocated";
	case ERR_NO_DISK:
		return "Device does not have a disk-config";
	case ERR_DISCARD_IMPOSSIBLE:
		return "--discard-my-data not allowed when primary.";
	case ERR_CONNECTED:
		return "Need to be StandAlone";
	case ERR_INVALID_REQUEST:
		return "Invalid configuration request";
	default:
		return "stand-in: failed, see its log";
	}
}
