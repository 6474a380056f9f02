/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The record of one change of the kernel's mesh path table. */
#ifndef MESHPATH_MESH_PATH_H
#define MESHPATH_MESH_PATH_H

#include "record.h"

enum mesh_path_change {
	MESH_PATH_ADD = 1,    /* an entry was created */
	MESH_PATH_ADD_FAILED, /* refused: table full, own or multicast address, no memory */
	MESH_PATH_ASSIGN,     /* first next hop */
	MESH_PATH_CHANGE,     /* another neighbour became the next hop */
	MESH_PATH_REASSIGN,   /* the same neighbour again */
	MESH_PATH_DELETE,     /* the entry was removed */
};

/* Which of a record's two states the kernel gave. */
#define MESH_PATH_HAS_BEFORE 0x1
#define MESH_PATH_HAS_AFTER  0x2

/* A snapshot of struct mesh_path, net/mac80211/mesh.h. */
struct mesh_path_state {
	struct mac_slot next_hop; /* all zero: none */
	__u64 expiry_ns;	  /* CLOCK_MONOTONIC, one jiffy exact; 0: never (fixed) */
	__u32 sn;		  /* HWMP sequence number of the destination */
	__u32 airtime_metric;	  /* 0.01 TU, summed over the hops; ~0: unusable */
	__u32 flags;		  /* enum mesh_path_flags */
	__u8 hop_count;
	__u8 pad[3];
};

struct mesh_path_event {
	struct record_header header;
	__u32 netns;   /* inode number of the device's network namespace */
	__u32 ifindex; /* unique within netns */
	char device[16];
	struct mac_slot own; /* address of the device */
	struct mac_slot destination;
	__u64 mesh_path; /* address of the entry: its identity while it lives */
	__u16 change;	 /* enum mesh_path_change */
	__u16 states;	 /* MESH_PATH_HAS_* */
	__s32 error;	 /* -errno of a refusal, else 0 */
	struct mesh_path_state before;
	struct mesh_path_state after;
};

#endif
