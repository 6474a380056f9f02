/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * What every record in a ring begins with. This file and each collector's own
 * header are the only place where a record's layout is written: user space
 * proves its layout against the BTF that clang makes of these structs.
 *
 * Layout rules: natural alignment, little endian as the machine has it, every
 * padding byte declared and zero, no packed structs.
 */
#ifndef MESHPATH_RECORD_H
#define MESHPATH_RECORD_H

#include <linux/types.h>

/* Raised with every change of any record's layout or meaning. */
#define RECORD_ABI_VERSION 3

enum record_collector {
	RECORD_MESH_PATH = 1,
	RECORD_MESH_FRAME,
};

struct record_header {
	__u16 abi_version;
	__u16 collector; /* enum record_collector */
	__u32 length;	 /* bytes, this header included */
	__u64 ktime_ns;	 /* CLOCK_MONOTONIC, bpf_ktime_get_ns() */
	__u32 cpu;
	__u32 pad;
};

/* A MAC address in eight bytes, so that user space reads it in one load. */
struct mac_slot {
	__u8 octets[6];
	__u8 pad[2];
};

/*
 * The kernel side of the ledger, counted per CPU. Whatever happens to an event
 * is in one of these: seen = submitted + ring_full.
 */
enum ledger_entry {
	LEDGER_SEEN,
	LEDGER_SUBMITTED,
	LEDGER_RING_FULL,
	/* a map had no room: the event goes out, but with less in it */
	LEDGER_MAP_FULL,
	/* an exit hook was missed; a later hook closed what it left open */
	LEDGER_HEALED,
	LEDGER_ENTRIES,
};

#endif
