/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The records of the kernel's mesh path table: its events, with what caused them, and path
 * selection frames. */
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
	MESH_PATH_FIX,	      /* a user's command fixed the path */
	MESH_PATH_ACTIVATE,   /* usable now, was not before */
	MESH_PATH_DEACTIVATE, /* a broken link or an error frame made it unusable */
	MESH_PATH_SN,	      /* a newer sequence number of the destination, nothing else */

	MESH_PATH_DISCOVERY_QUEUED,  /* a PREQ is to be sent */
	MESH_PATH_DISCOVERY_STARTED, /* the first PREQ of an attempt goes out */
	MESH_PATH_DISCOVERY_RETRIED, /* no answer in time, another PREQ is to be sent */
	MESH_PATH_DISCOVERY_FAILED,  /* given up */
	MESH_PATH_DISCOVERY_ENDED,   /* answered; seen when its timer ends, 100 ms after the PREQ */

	MESH_PATH_PROXY_ADD, /* a proxy entry; destination behind the owner, which is the next hop
			      */
	MESH_PATH_PROXY_CHANGE, /* another owner */
	MESH_PATH_PROXY_DELETE,
	MESH_PATH_GATE_ADD, /* the destination announced to be a gate */
	MESH_PATH_GATE_DELETE,
	MESH_PATH_ROOT_ADD, /* the destination announced to be a root, by RANN */
	MESH_PATH_ROOT_DELETE,
	MESH_PATH_HWMP_IGNORED, /* detail: enum hwmp_ignored */
	MESH_PATH_PEER_STATE,	/* detail: former state | state << 8 | reason code << 16 */

	/* of a walk through the tables, detail: its number; not events */
	MESH_PATH_WALK_BEGIN,
	MESH_PATH_WALK_PATH,
	MESH_PATH_WALK_PROXY,
	MESH_PATH_WALK_PEER, /* destination: the peer; before.flags: its state */
	MESH_PATH_WALK_END,  /* error: how many entries the walk sent */
};

enum path_cause {
	PATH_CAUSE_UNKNOWN,
	PATH_CAUSE_PREQ,
	PATH_CAUSE_PREP,
	PATH_CAUSE_PERR,
	PATH_CAUSE_RANN,
	PATH_CAUSE_DATA_TX,	   /* a local frame being sent */
	PATH_CAUSE_DATA_RX,	   /* a received or forwarded data frame */
	PATH_CAUSE_TX_FAILURE,	   /* frames to the next hop went unacknowledged */
	PATH_CAUSE_PEER_LOSS,	   /* the peer link ended */
	PATH_CAUSE_USER,	   /* a command that names the path or the station */
	PATH_CAUSE_INTERFACE,	   /* the interface left the mesh, went down or vanished */
	PATH_CAUSE_TIMER,	   /* ageing, discovery retries */
	PATH_CAUSE_DATA_UNWATCHED, /* a data frame, while the hooks on the data path are off */
	PATH_CAUSE_PEERING,	   /* a peering frame that opens or confirms; of peers only */
	PATH_CAUSE_BEACON,	   /* a beacon or probe response; of peers only */
};

/* Why the peer link ended, where that is the cause. */
enum peer_loss {
	PEER_LOSS_NONE,
	PEER_LOSS_CLOSE,      /* a Close frame; its reason code is in the frame, if that was seen */
	PEER_LOSS_INACTIVITY, /* silent for longer than plink_timeout */
};

enum hwmp_ignored {
	HWMP_IGNORED_OWN = 1, /* our own, come back */
	HWMP_IGNORED_STALE_SN,
	HWMP_IGNORED_WORSE_METRIC,
	HWMP_IGNORED_NOT_PEER,	   /* the transmitter is no established peer */
	HWMP_IGNORED_MALFORMED,	   /* a length that Linux does not take */
	HWMP_IGNORED_NO_PATH,	   /* PERR: of a destination without usable path */
	HWMP_IGNORED_NOT_NEXT_HOP, /* PERR: not from the next hop */
};

/* net/mac80211 has frames in two forms. */
enum frame_form {
	FRAME_NONE,
	FRAME_80211, /* IEEE 802.11 header first, no FCS */
	FRAME_8023,  /* destination, source, length or type; then mesh control where received */
};

/* Which of a record's two states the kernel gave. */
#define MESH_PATH_HAS_BEFORE 0x1
#define MESH_PATH_HAS_AFTER  0x2

/* Ours, in the flags of a state: the expiry time had passed already. */
#define MESH_PATH_EXPIRED 0x80

/* Room for any HWMP frame that Linux sends (71 bytes at most). */
#define FRAME_ROOM 96
/* Room for any HWMP frame: 24 bytes of header, 4 of HT control, 2 of action, an element of 257. */
#define WHOLE_FRAME_ROOM 288

/* Where something happened. */
struct mesh_device {
	__u32 netns;   /* inode number of the device's network namespace */
	__u32 ifindex; /* unique within netns */
	char name[16];
	struct mac_slot own; /* address of the device */
	__u8 mesh_id_length; /* 0 to 32 */
	__u8 pad[7];
	__u8 mesh_id[32]; /* any bytes; those beyond the length mean nothing */
};

/* A snapshot of struct mesh_path, net/mac80211/mesh.h. */
struct mesh_path_state {
	struct mac_slot next_hop; /* all zero: none; of a proxy entry: the owner */
	__u64 expiry_ns;	  /* CLOCK_MONOTONIC, one jiffy exact; 0: never (fixed) */
	__u32 sn;		  /* HWMP sequence number of the destination */
	__u32 airtime_metric;	  /* 0.01 TU, summed over the hops; ~0: unusable */
	__u32 flags;		  /* enum mesh_path_flags, MESH_PATH_EXPIRED */
	__u8 hop_count;
	__u8 is_root;
	__u8 is_gate;
	__u8 pad;
};

/* What made the kernel do it. */
struct path_cause_record {
	__u16 kind;	/* enum path_cause */
	__u16 command;	/* enum nl80211_commands of a user's command, else 0 */
	__u32 pid;	/* of the sender or the commander, 0: none */
	__u64 began_ns; /* when its handling began: with the device what identifies a received frame
			 */
	char comm[16];
	struct mac_slot peer; /* transmitter of the frame, or the peer that was lost */
	__u16 frame_length;   /* bytes of the frame in the kernel */
	__u16 frame_bytes;    /* of these, here */
	__u8 frame_form;      /* enum frame_form */
	__u8 peer_loss;	      /* enum peer_loss */
	__u8 pad[2];
	__u8 frame[FRAME_ROOM];
};

struct mesh_path_event {
	struct record_header header;
	struct mesh_device device;
	struct mac_slot destination;
	__u64 mesh_path; /* address of the entry: its identity while it lives */
	__u16 change;	 /* enum mesh_path_change */
	__u16 states;	 /* MESH_PATH_HAS_* */
	__s32 error;	 /* -errno of a refusal, else 0 */
	__u32 detail;	 /* see enum mesh_path_change */
	__u32 pad;
	struct mesh_path_state before;
	struct mesh_path_state after;
	struct path_cause_record cause;
};

enum frame_direction {
	FRAME_RECEIVED = 1, /* the record is made when its handling ends */
	FRAME_SENT,	    /* handed on to the driver; its sequence control is not final */
};

/* An HWMP or peering frame, as the kernel had it. */
struct mesh_frame_record {
	struct record_header header;
	struct mesh_device device;
	__u64 began_ns;	    /* received: when its handling began; sent: when it was handed on */
	__u64 mesh_path;    /* a discovery's PREQ: the address of the path's entry, else 0 */
	__u16 attempt;	    /* a discovery's PREQ: 1 for its first, else 0 */
	__u16 frame_length; /* bytes of the frame in the kernel */
	__u16 frame_bytes;  /* of these, here */
	__u8 direction;	    /* enum frame_direction */
	__u8 pad;
	struct path_cause_record cause; /* of a sent one: what made the kernel send it */
	__u8 frame[WHOLE_FRAME_ROOM];	/* from the 802.11 header on, no FCS */
};

#define FRAME_COUNTS_DEVICES 64

/*
 * What the kernel counts of a device since it was made: data frames and HWMP
 * elements together. struct mesh_stats, net/mac80211/ieee80211_i.h.
 */
struct mesh_frame_counts {
	struct mesh_device device;
	__u32 forwarded_unicast;
	__u32 forwarded_multicast;
	__u32 discarded_ttl;
	__u32 discarded_no_route;
	/* of these, since the programs are there: */
	__u32 discarded_unresolved; /* waited for a path that was not found, or was deleted */
	__u32 discarded_queue_full; /* the oldest of those that waited, when one more came */
	__u32 queued;		    /* data frames that wait for a path now */
	__u32 pad;
};

struct mesh_frame_counts_of_all {
	__u32 devices; /* of these, the first so many are filled */
	__u32 pad;
	struct mesh_frame_counts of[FRAME_COUNTS_DEVICES];
};

#endif
