/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What runs besides frames: the interface's worker, and the commands of users. */
#ifndef MESHPATH_COMMAND_BPF_H
#define MESHPATH_COMMAND_BPF_H

#include "cause.bpf.h"

/* Housekeeping and discovery, from the interface's worker: net/mac80211/mesh.c */
static __always_inline int on_ieee80211_mesh_work(__u64 sdata, __u64 unused, __u64 unused2)
{
	struct scope *scope = open_scope(SCOPE_MESH_WORK, sdata);

	if (scope)
		scope->cause.kind = PATH_CAUSE_TIMER;
	return 0;
}

static __always_inline int after_ieee80211_mesh_work(__u64 result)
{
	close_scope(SCOPE_MESH_WORK);
	return 0;
}

/* include/uapi/linux/nl80211.h: the commands of NETLINK_GENERIC that reach mesh paths */
enum {
	NL80211_CMD_SET_STATION = 18,
	NL80211_CMD_NEW_STATION = 19,
	NL80211_CMD_DEL_STATION = 20,
	NL80211_CMD_SET_MPATH = 22,
	NL80211_CMD_NEW_MPATH = 23,
	NL80211_CMD_DEL_MPATH = 24,
	NL80211_CMD_LEAVE_MESH = 69,
};

static __noinline int open_command(__u16 command, enum path_cause kind, __u64 sdata, __u64 station)
{
	struct scope *scope = open_scope(SCOPE_COMMAND, sdata);

	if (!scope)
		return 0;
	scope->station = station;
	scope->cause.kind = kind;
	scope->cause.command = command;
	take_process(&scope->cause);
	return 0;
}

/* net/wireless/rdev-ops.h brackets each operation of a driver by two tracepoints. */
static __always_inline int on_rdev_add_mpath(__u64 *words)
{
	return open_command(NL80211_CMD_NEW_MPATH, PATH_CAUSE_USER, 0, 0);
}

static __always_inline int on_rdev_change_mpath(__u64 *words)
{
	return open_command(NL80211_CMD_SET_MPATH, PATH_CAUSE_USER, 0, 0);
}

static __always_inline int on_rdev_del_mpath(__u64 *words)
{
	return open_command(NL80211_CMD_DEL_MPATH, PATH_CAUSE_USER, 0, 0);
}

static __always_inline int open_station_command(__u16 command, __u64 *words, __u64 station)
{
	struct wireless_dev *wdev = wireless_dev_of(words[1]);
	__u64 sdata = (__u64)containing(wdev, struct ieee80211_sub_if_data, wdev);

	return open_command(command, PATH_CAUSE_USER, sdata, station);
}

static __always_inline int on_rdev_add_station(__u64 *words)
{
	return open_station_command(NL80211_CMD_NEW_STATION, words, words[2]);
}

static __always_inline int on_rdev_change_station(__u64 *words)
{
	return open_station_command(NL80211_CMD_SET_STATION, words, words[2]);
}

static __always_inline int on_rdev_del_station(__u64 *words)
{
	struct station_del_parameters *parameters = (struct station_del_parameters *)words[2];

	return open_station_command(NL80211_CMD_DEL_STATION, words,
				    (__u64)BPF_CORE_READ(parameters, mac));
}

/* Also when the device goes down or is removed: net/wireless/core.c:cfg80211_leave */
static __always_inline int on_rdev_leave_mesh(__u64 *words)
{
	return open_command(NL80211_CMD_LEAVE_MESH, PATH_CAUSE_INTERFACE, 0, 0);
}

#endif
