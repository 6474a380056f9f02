/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * The few kernel types that we touch, and of each only the fields that we
 * read. Offsets are relocated at load time (CO-RE), so neither order nor
 * completeness matters; names and types do. Behind each field: the kernel file
 * that declares it.
 */
#ifndef MESHPATH_KERNEL_TYPES_H
#define MESHPATH_KERNEL_TYPES_H

#include <linux/types.h>

#define ETH_ALEN 6
#define IFNAMSIZ 16

/* net/mac80211/mesh.h; an enum, because a field's kind must match for its relocation */
enum mesh_path_flags {
	MESH_PATH_ACTIVE = 0x01,
	MESH_PATH_RESOLVING = 0x02,
	MESH_PATH_SN_VALID = 0x04,
	MESH_PATH_FIXED = 0x08,
	MESH_PATH_RESOLVED = 0x10,
	MESH_PATH_REQ_QUEUED = 0x20,
	MESH_PATH_DELETED = 0x40,
};

/* include/linux/preempt.h: bits 8 to 15 count softirqs; an odd count serves one */
#define SOFTIRQ_OFFSET 0x100

/* include/linux/err.h */
#define MAX_ERRNO 4095

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

struct ns_common {
	unsigned int inum; /* include/linux/ns_common.h */
};

struct net {
	struct ns_common ns; /* include/net/net_namespace.h */
};

typedef struct {
	struct net *net; /* include/net/net_namespace.h */
} possible_net_t;

struct net_device {
	char name[IFNAMSIZ];   /* include/linux/netdevice.h */
	int ifindex;	       /* include/linux/netdevice.h */
	possible_net_t nd_net; /* include/linux/netdevice.h */
};

struct ieee80211_vif {
	__u8 addr[ETH_ALEN]; /* include/net/mac80211.h */
};

struct hlist_head {
	void *first; /* include/linux/types.h */
};

struct mesh_table {
	struct hlist_head known_gates; /* net/mac80211/mesh.h (6.1: ieee80211_i.h) */
};

struct ieee80211_if_mesh {
	struct mesh_table mesh_paths; /* net/mac80211/ieee80211_i.h */
	struct mesh_table mpp_paths;  /* net/mac80211/ieee80211_i.h */
};

struct ieee80211_sub_if_data {
	struct net_device *dev;	  /* net/mac80211/ieee80211_i.h */
	struct ieee80211_vif vif; /* net/mac80211/ieee80211_i.h */
	union {
		struct ieee80211_if_mesh mesh;
	} u; /* net/mac80211/ieee80211_i.h */
};

struct sta_info {
	__u8 addr[ETH_ALEN]; /* net/mac80211/sta_info.h */
};

struct mesh_path {
	__u8 dst[ETH_ALEN];		     /* net/mac80211/mesh.h */
	struct ieee80211_sub_if_data *sdata; /* net/mac80211/mesh.h */
	struct sta_info *next_hop;	     /* net/mac80211/mesh.h, RCU */
	__u32 sn;			     /* net/mac80211/mesh.h */
	__u32 metric;			     /* net/mac80211/mesh.h */
	__u8 hop_count;			     /* net/mac80211/mesh.h */
	unsigned long exp_time;		     /* net/mac80211/mesh.h, jiffies */
	enum mesh_path_flags flags;	     /* net/mac80211/mesh.h */
};

/* arm64 keeps the preemption count here, x86 does not have the field. */
struct thread_info {
	__u64 preempt_count; /* arch/arm64/include/asm/thread_info.h */
};

struct task_struct {
	struct thread_info thread_info; /* include/linux/sched.h */
};

struct pcpu_hot {
	int preempt_count; /* arch/x86/include/asm/current.h, 6.2 to 6.14 */
};

#pragma clang attribute pop

#endif
