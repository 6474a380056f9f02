"""Are the frames in the exporters' captures those that were on the air?

The air is hwsim0.pcap, which tcpdump made without asking any exporter or any BPF program. A causes.pcapng holds frames as the
kernel had them where it was watched, and that is not always what the radio had (net/mac80211):

  HWMP, peering frames, beacons received   every byte; of a secured mesh decrypted, so that only the header can be compared
  data frame sent, transmission failed     every byte that is there
  management frame sent                    every byte but the sequence control, which is set behind the hook
  data frame about to be sent              RA, duration, sequence control and QoS control are set behind the hook
  (mesh_nexthop_resolve)
  data frame in Ethernet form              mac80211 adds the 802.11 and the mesh header later (ieee80211_mesh_xmit_fast), or has
                                           taken them off (ieee80211_rx_mesh_data): addresses, type and payload are what is left
  ... that a gate got instead              the ends are behind the mesh control

The last two kinds may wait for a path that nobody finds and then never are on the air.
"""

import re
import struct
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

RADIOTAP, IEEE80211, ETHERNET = 127, 105, 1  # LINKTYPE_*
RETRY, PROTECTED = 0x08, 0x40  # second octet of the frame control
MANAGEMENT, DATA = 0, 2
HEADER, DATA_HEADER = 24, 32  # 32: four addresses and QoS control
MESH_CONTROL, LONGEST_LENGTH = 6, 0x600
ACTION, MESH_ACTION_HWMP, PREQ, PREP = 0xD0, b"\x0d\x01", 130, 131
SNAP = bytes.fromhex("aaaa03000000")
OWN_NOTES = ("received", "sent")  # what an exporter says of a frame that caused nothing


class Damaged(Exception):
    """A capture that cannot be read."""


@dataclass(frozen=True)
class Captured:
    """A packet of causes.pcapng."""

    link_type: int
    bytes: bytes
    length: int  # what it had in the kernel
    sent: bool
    time: float
    comments: tuple[str, ...]

    @property
    def events(self) -> list[str]:
        return [comment for comment in self.comments if comment.split(" ", 1)[0] not in OWN_NOTES]


def read_pcap(data: bytes) -> Iterator[tuple[float, bytes]]:
    """Time and frame, without check sequence, of a capture with radiotap headers."""
    if len(data) < 24 or data[:4] not in (b"\xd4\xc3\xb2\xa1", b"\x4d\x3c\xb2\xa1"):
        raise Damaged("is no pcap file of this kind of machine")
    if struct.unpack_from("<H", data, 20)[0] != RADIOTAP:
        raise Damaged("has no radiotap headers")
    unit = 1e-6 if data[0] == 0xD4 else 1e-9
    at = 24
    while at + 16 <= len(data):
        seconds, fraction, kept, length = struct.unpack_from("<4I", data, at)
        packet = data[at + 16 : at + 16 + kept]
        at += 16 + kept
        if len(packet) == length and length >= 8:
            yield seconds + fraction * unit, packet[radiotap_length(packet) : length - 4 * has_fcs(packet)]


def radiotap_length(packet: bytes) -> int:
    return struct.unpack_from("<H", packet, 2)[0]


def has_fcs(packet: bytes) -> bool:
    present, at = struct.unpack_from("<I", packet, 4)[0], 8
    more = present
    while more >> 31 and at + 4 <= len(packet):
        more = struct.unpack_from("<I", packet, at)[0]
        at += 4
    if present & 1:  # TSFT, aligned to 8
        at = (at + 7 & ~7) + 8
    return bool(present & 2 and at < len(packet) and packet[at] & 0x10)


def read_pcapng(data: bytes) -> Iterator[Captured]:
    link_types: list[int] = []
    at = 0
    while at + 12 <= len(data):
        kind, length = struct.unpack_from("<2I", data, at)
        if length < 12 or at + length > len(data):
            raise Damaged(f"ends within the block at byte {at}")
        block = data[at + 8 : at + length - 4]
        at += length
        if kind == 0x0A0D0D0A:
            link_types = []
        elif kind == 1:
            link_types.append(struct.unpack_from("<H", block)[0])
        elif kind == 6:
            device, high, low, kept, whole = struct.unpack_from("<5I", block)
            options = list(read_options(block, 20 + (kept + 3 & ~3)))
            sent = any(code == 2 and value[0] & 3 == 2 for code, value in options)
            comments = tuple(value.decode() for code, value in options if code == 1)
            skipped = radiotap_length(block[20:]) if link_types[device] == RADIOTAP else 0
            link_type = IEEE80211 if skipped else link_types[device]
            yield Captured(link_type, block[20 + skipped : 20 + kept], whole - skipped, sent, (high << 32 | low) / 1e9, comments)


def read_options(block: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    while at + 4 <= len(block):
        code, length = struct.unpack_from("<2H", block, at)
        if code == 0:
            return
        yield code, block[at + 4 : at + 4 + length]
        at += 4 + (length + 3 & ~3)


# --- what two forms of a frame have in common ----------------------------------------------------------
def kind_of(frame: bytes) -> int:
    return frame[0] >> 2 & 3


def without_sequence(frame: bytes) -> bytes:
    return bytes([frame[0], frame[1] & ~RETRY]) + frame[2:22] + frame[24:]


def identity(frame: bytes) -> bytes:
    """Transmitter and sequence control: at any time one frame."""
    return frame[10:16] + frame[22:24]


def unresolved(frame: bytes) -> bytes:
    """What a data frame has before it has a next hop; the mesh sequence number is in it, so it is one frame."""
    return frame[:1] + frame[10:22] + frame[24:30] + frame[32:]


def before_the_gate(frame: bytes) -> bytes:
    """What a frame was before mesh_pathtbl.c:prepare_for_gate() gave it to a gate: that moves both ends into the mesh control."""
    if len(frame) < DATA_HEADER + 3 * MESH_CONTROL or frame[DATA_HEADER] & 3 != 2:
        return frame
    control, ends = frame[DATA_HEADER:][:MESH_CONTROL], frame[DATA_HEADER + MESH_CONTROL :][: 2 * MESH_CONTROL]
    return frame[:16] + ends[:6] + frame[22:DATA_HEADER] + bytes([control[0] & ~3]) + control[1:] + frame[DATA_HEADER + 3 * MESH_CONTROL :]


def mesh_number(frame: bytes) -> bytes:
    """Source and mesh sequence number of a frame with four addresses."""
    return frame[24:30] + frame[34:38]


def carried(frame: bytes) -> tuple[bytes, bytes] | None:
    """A mesh data frame of the air as a network device has it: destination and source; then type and payload."""
    if kind_of(frame) != DATA or len(frame) < 26 or not frame[0] & 0x80 or frame[0] & 0x40 or frame[1] & PROTECTED:
        return None
    four = frame[1] & 3 == 3
    control = DATA_HEADER if four else HEADER + 2
    # ... as to the addresses, IEEE 802.11-2020, table 9-42
    addresses = frame[16:22] + frame[24:30] if four else frame[4:10] + frame[16:22]
    return without_mesh_control(addresses, frame[control:])


def without_mesh_control(addresses: bytes, rest: bytes) -> tuple[bytes, bytes] | None:
    extension = rest[0] & 3 if rest else 3
    snap = MESH_CONTROL * (1 + extension)
    if extension == 3 or not rest[snap:].startswith(SNAP[: len(rest) - snap]):
        return None
    if extension == 2:
        addresses = rest[MESH_CONTROL:snap]
    elif extension == 1:
        addresses = addresses[:6] + rest[MESH_CONTROL:snap]
    return addresses, rest[snap + len(SNAP) :]


def as_carried(packet: Captured) -> tuple[bytes, bytes, int | None]:
    """The same of a packet in Ethernet form, and how much there was behind the addresses; None where only headers were kept."""
    frame = packet.bytes
    if int.from_bytes(frame[12:14], "big") >= LONGEST_LENGTH:
        return frame[:12], frame[12:], packet.length - 12
    inner = without_mesh_control(frame[:12], frame[14:])
    return (*inner, None) if inner else (frame[:12], frame[12:], None)


# --- the comparison -------------------------------------------------------------------------------------
@dataclass
class Air:
    """The frames of hwsim0.pcap, found by what they are compared by."""

    frames: Iterable[tuple[float, bytes]]
    first: float = float("inf")
    last: float = 0.0
    by_identity: dict[bytes, list[bytes]] = field(default_factory=dict)
    management: set[bytes] = field(default_factory=set)
    by_mesh_number: dict[bytes, list[bytes]] = field(default_factory=dict)
    by_addresses: dict[bytes, set[bytes]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for time, frame in self.frames:
            self.first, self.last = min(self.first, time), max(self.last, time)
            if len(frame) < HEADER:
                continue
            self.by_identity.setdefault(identity(frame), []).append(frame)
            if kind_of(frame) == MANAGEMENT:
                self.management.add(without_sequence(frame))
            elif frame[1] & 3 == 3 and len(frame) > 38:
                self.by_mesh_number.setdefault(mesh_number(frame), []).append(frame)
            found = carried(frame)
            if found:
                self.by_addresses.setdefault(found[0], set()).add(found[1])

    def verdict(self, packet: Captured) -> str:
        """One of RESULTS."""
        frame = packet.bytes
        if packet.link_type == ETHERNET:
            return self.find_carried(packet)
        if len(frame) < HEADER:
            return "different"
        if packet.sent and kind_of(frame) == MANAGEMENT:
            return "same" if without_sequence(frame) in self.management else "different"
        if packet.sent and not any(frame[4:10]):  # it has no receiver yet
            return self.find_unresolved(frame)
        for other in self.by_identity.get(identity(frame), []):
            if other[1] & PROTECTED and other[:1] == frame[:1]:
                if other[2:HEADER] == frame[2:HEADER] and other[1] & ~PROTECTED == frame[1]:
                    return "encrypted"
            elif len(other) == packet.length and other.startswith(frame):
                return "same"
        return "different"

    def find_unresolved(self, frame: bytes) -> str:
        others = self.by_mesh_number.get(mesh_number(frame), [])
        if any(other[1] & PROTECTED for other in others):
            return "encrypted"
        if any(unresolved(form).startswith(unresolved(frame)) for other in others for form in (other, before_the_gate(other))):
            return "carried"
        return "different" if others else "unsent"

    def find_carried(self, packet: Captured) -> str:
        addresses, rest, length = as_carried(packet)
        for other in self.by_addresses.get(addresses, ()):
            if other.startswith(rest) and length in (None, len(other)):
                return "carried"
        return "unsent" if packet.sent else "different"


RESULTS = ("same", "carried", "encrypted", "unsent", "after", "different")


@dataclass
class Frames:
    """What the comparison found."""

    results: Counter[str] = field(default_factory=Counter)
    events: int = 0
    differences: list[str] = field(default_factory=list)

    @property
    def compared(self) -> int:
        return self.results["same"] + self.results["different"]

    def note(self) -> str:
        said = [f"{self.results['same']}/{self.compared} frames of {self.events} events are byte for byte those of the air"]
        for result, text in (
            ("carried", "{} data frames that the kernel had not finished or had unpacked have all else of theirs"),
            ("unsent", "{} data frames were never sent"),
            ("encrypted", "{} are encrypted on the air, their headers agree"),
            ("after", "{} came after the last frame of hwsim0.pcap"),
        ):
            if self.results[result]:
                said.append(text.format(self.results[result]))
        return ", ".join(said)


def compare(run: Path, captures: dict[str, Path]) -> Frames:
    """Looks for each packet of the captures (station: file) in the air of a run."""
    found = Frames()
    try:
        air = Air(read_pcap((run / "hwsim0.pcap").read_bytes()))
    except (OSError, Damaged) as error:
        found.differences.append(f"hwsim0.pcap {error}, so no frame can be compared")
        return found
    for station, file in captures.items():
        try:
            for packet in read_pcapng(file.read_bytes()):
                found.events += len(packet.events)
                result = air.verdict(packet)
                if result == "different" and packet.time > air.last and not packet.sent:
                    result = "after"
                found.results[result] += 1
                if result == "different":
                    found.differences.append(f"{station}: no frame of hwsim0.pcap is {packet.bytes.hex()} ({'; '.join(packet.comments)})")
        except Damaged as error:
            found.differences.append(f"{station}: causes.pcapng {error}")
    return found


def relayed(air: Iterable[tuple[float, bytes]], until: float = float("inf")) -> Counter[tuple[str, str]]:
    """By transmitter and cast, what stations sent for others until then, as mac80211 counts it in struct mesh_stats: mesh data frames whose source
    is another station, and PREQs and PREPs that have hops behind them (mesh_hwmp.c does not count RANNs and PERRs)."""
    found: Counter[tuple[str, str]] = Counter()
    for time, frame in air:
        if time <= until and len(frame) >= DATA_HEADER and not frame[1] & RETRY and is_relayed(frame):
            found[frame[10:16].hex(":"), "multicast" if frame[4] & 1 else "unicast"] += 1
    return found


def is_relayed(frame: bytes) -> bool:
    if kind_of(frame) == DATA:
        source = {2: frame[16:22], 3: frame[24:30]}.get(frame[1] & 3)
        return frame[0] & 0xC0 == 0x80 and source not in (None, frame[10:16])
    return frame[0] == ACTION and frame[24:26] == MESH_ACTION_HWMP and frame[26] in (PREQ, PREP) and frame[29] > 0


CAUSE = re.compile(r", by (\w+)(?:, trace \w+)?$")


def events_by_cause(file: Path, causes: tuple[str, ...]) -> Counter[tuple[str, str]]:
    """(event, cause) of the comments, of these causes."""
    found: Counter[tuple[str, str]] = Counter()
    for packet in read_pcapng(file.read_bytes()):
        for comment in packet.events:
            cause = CAUSE.search(comment)
            if cause and cause[1] in causes:
                found[comment.split(" ", 1)[0], cause[1]] += 1
    return found
