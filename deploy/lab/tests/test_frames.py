"""python3 -m unittest discover deploy/lab/tests"""

import struct
import sys
import tempfile
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).parents[1]))
import frames  # noqa: E402

A, B, C = (bytes.fromhex(f"02000000{n:02x}00") for n in range(3))
ALL = b"\xff" * 6
SNAP_IP = bytes.fromhex("aaaa030000000800")
PAYLOAD = b"E" + bytes(range(63))


def preq(sequence: int = 7, last: int = 0) -> bytes:
    return bytes.fromhex("d0000000") + ALL + A + A + struct.pack("<H", sequence << 4) + bytes.fromhex("0d018225") + bytes(36) + bytes([last])


def mesh_data(receiver: bytes = B, sequence: int = 9, qos: int = 0x100, mesh: str = "001f07000000", payload: bytes = PAYLOAD) -> bytes:
    """From A over B to C."""
    return (
        bytes.fromhex("88033a01") + receiver + A + C + struct.pack("<H", sequence << 4) + A
        + struct.pack("<H", qos) + bytes.fromhex(mesh) + SNAP_IP + payload
    )  # fmt: skip


def radiotap(frame: bytes, fcs: bool = False) -> bytes:
    return struct.pack("<BBHI", 0, 0, 9, 2) + (b"\x10" + frame + b"\1\2\3\4" if fcs else b"\0" + frame)


def pcap(*packets: bytes) -> bytes:
    file = struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 127)
    for second, packet in enumerate(packets, 100):
        file += struct.pack("<4I", second, 0, len(packet), len(packet)) + packet
    return file


def block(kind: int, body: bytes) -> bytes:
    body += bytes(-len(body) % 4)
    return struct.pack("<2I", kind, len(body) + 12) + body + struct.pack("<I", len(body) + 12)


def option(code: int, value: bytes) -> bytes:
    return struct.pack("<2H", code, len(value)) + value + bytes(-len(value) % 4)


def packet(frame: bytes, *comments: str, device: int = 0, length: int = 0, sent: bool = False, second: int = 100) -> bytes:
    time = second * 10**9
    body = struct.pack("<5I", device, time >> 32, time & 0xFFFFFFFF, len(frame), length or len(frame)) + frame + bytes(-len(frame) % 4)
    for comment in comments or ("change 02:00:00:00:02:00, by preq, trace 4f0c",):
        body += option(1, comment.encode())
    return block(6, body + option(2, struct.pack("<I", 2 if sent else 1)) + option(0, b""))


def pcapng(*packets: bytes) -> bytes:
    """A file with the devices 0 (802.11), 1 (Ethernet) and 2 (radiotap)."""
    section = block(0x0A0D0D0A, struct.pack("<IHHq", 0x1A2B3C4D, 1, 0, -1))
    return section + b"".join(block(1, struct.pack("<HHI", link_type, 0, 288)) for link_type in (105, 1, 127)) + b"".join(packets)


class FramesTest(unittest.TestCase):
    def setUp(self) -> None:
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.run_dir = Path(directory.name)

    def compare(self, air: list[bytes], *packets: bytes) -> frames.Frames:
        (self.run_dir / "hwsim0.pcap").write_bytes(pcap(*(radiotap(frame) for frame in air)))
        return self.compared(pcapng(*packets))

    def compared(self, capture: bytes) -> frames.Frames:
        file = self.run_dir / "causes.pcapng"
        file.write_bytes(capture)
        return frames.compare(self.run_dir, {"sta0": file})

    def assert_result(self, result: str, air: list[bytes], *packets: bytes) -> None:
        found = self.compare(air, *packets)
        self.assertEqual({result: len(packets)}, dict(found.results))
        self.assertEqual(len(packets) if result == "different" else 0, len(found.differences))

    def test_a_received_frame_is_the_same_byte_for_byte(self) -> None:
        self.assert_result("same", [preq(6), preq(7)], packet(preq(7)))

    def test_one_other_byte_is_a_difference_that_names_the_frame(self) -> None:
        found = self.compare([preq(7)], packet(preq(7, last=1)))
        self.assertEqual(1, found.results["different"])
        self.assertIn(f"sta0: no frame of hwsim0.pcap is {preq(7, last=1).hex()} (change 02:00:00:00:02:00, by preq", found.differences[0])

    def test_another_sequence_control_is_a_difference(self) -> None:
        self.assert_result("different", [preq(7)], packet(preq(8)))

    def test_a_frame_that_is_longer_on_the_air_is_a_difference(self) -> None:
        self.assert_result("different", [preq(7) + b"\0"], packet(preq(7)))

    def test_the_beginning_of_a_frame_is_compared_with_its_length(self) -> None:
        whole = mesh_data()
        self.assert_result("same", [whole], packet(whole[:74], length=len(whole), sent=True))
        self.assert_result("different", [whole], packet(whole[:74], length=len(whole) - 1, sent=True))

    def test_of_a_sent_management_frame_the_sequence_control_is_not_final(self) -> None:
        self.assert_result("same", [preq(7)], packet(preq(0), "sent", sent=True))
        self.assert_result("different", [preq(7)], packet(preq(0, last=1), "sent", sent=True))

    def test_a_frame_without_receiver_has_all_else(self) -> None:
        early = mesh_data(receiver=bytes(6), sequence=0, qos=0)
        self.assert_result("carried", [mesh_data()], packet(early[:74], length=len(early), sent=True))

    def test_a_frame_without_receiver_and_another_payload_is_a_difference(self) -> None:
        early = mesh_data(receiver=bytes(6), sequence=0, qos=0, payload=b"F" * 64)
        self.assert_result("different", [mesh_data()], packet(early, sent=True))

    def test_a_frame_that_a_gate_got_instead_has_its_ends_behind_the_mesh_control(self) -> None:
        early = mesh_data(receiver=bytes(6), sequence=0, qos=0)
        ends = early[16:22] + early[24:30]
        sent = mesh_data()
        sent = sent[:16] + B + sent[22:32] + b"\x02" + sent[33:38] + ends + sent[38:]
        self.assert_result("carried", [sent], packet(early[:74], length=len(early), sent=True))
        self.assert_result("different", [sent[:38] + bytes(6) + sent[44:]], packet(early[:74], length=len(early), sent=True))

    def test_a_frame_that_waits_for_ever_was_never_sent(self) -> None:
        early = mesh_data(receiver=bytes(6), sequence=0, qos=0, mesh="001f08000000")
        self.assert_result("unsent", [mesh_data()], packet(early, sent=True))

    def test_a_frame_in_ethernet_form_has_addresses_type_and_payload(self) -> None:
        ethernet = C + A + b"\x08\x00" + PAYLOAD
        self.assert_result("carried", [mesh_data()], packet(ethernet[:42], device=1, length=len(ethernet)))
        self.assert_result("different", [mesh_data()], packet(ethernet[:42], device=1, length=len(ethernet) + 1))
        self.assert_result("different", [mesh_data()], packet(A + C + ethernet[12:], device=1))
        self.assert_result("unsent", [mesh_data(payload=b"other")], packet(ethernet, device=1, sent=True))

    def test_external_addresses_are_those_of_the_device(self) -> None:
        host, other = bytes.fromhex("020000008800"), bytes.fromhex("020000009900")
        air = mesh_data(mesh="021f07000000" + other.hex() + host.hex())
        self.assert_result("carried", [air], packet(other + host + b"\x08\x00" + PAYLOAD, device=1))

    def test_headers_with_mesh_control_are_compared_as_far_as_they_go(self) -> None:
        host = bytes.fromhex("020000008800")
        air = bytes.fromhex("8802000033330000001602000000010002000000020010000001011f04000000") + host + SNAP_IP + PAYLOAD
        headers = bytes.fromhex("33330000001602000000020000b6011f04000000") + host + SNAP_IP[:6]
        self.assert_result("carried", [air], packet(headers, device=1))

    def test_an_encrypted_frame_has_the_same_header(self) -> None:
        plain = preq(7)
        air = plain[:1] + b"\x40" + plain[2:24] + b"cipher"
        self.assert_result("encrypted", [air], packet(plain))
        self.assert_result("different", [air], packet(plain[:4] + B + plain[10:]))

    def test_what_came_after_the_air_was_captured_is_counted_apart(self) -> None:
        self.assert_result("after", [preq(6)], packet(preq(7), second=101))

    def test_a_check_sequence_on_the_air_is_not_compared(self) -> None:
        (self.run_dir / "hwsim0.pcap").write_bytes(pcap(radiotap(preq(7), fcs=True)))
        self.assertEqual(1, self.compared(pcapng(packet(preq(7)))).results["same"])

    def test_a_capture_with_radiotap_headers_is_compared_without_them(self) -> None:
        self.assert_result("same", [preq(7)], packet(struct.pack("<BBHI", 0, 0, 8, 0) + preq(7), device=2))

    def test_only_events_are_counted_as_events(self) -> None:
        found = self.compare([preq(7)], packet(preq(7), "add X, by preq, trace 1", "assign X, by preq, trace 1"), packet(preq(7), "received"))
        self.assertEqual(2, found.events)
        self.assertEqual("2/2 frames of 2 events are byte for byte those of the air", found.note())

    def test_events_are_known_by_their_comments(self) -> None:
        file = self.run_dir / "causes.pcapng"
        file.write_bytes(pcapng(packet(preq(7), "add X, by preq, trace 1", "delete X, by peer_loss, trace 1", "received")))
        self.assertEqual({("add", "preq"): 1}, dict(frames.events_by_cause(file, ("preq", "prep"))))

    def test_counts_what_is_sent_for_others(self) -> None:
        own = mesh_data()
        for_another = own[:10] + B + own[16:]
        again = bytes([own[0], own[1] | frames.RETRY]) + for_another[2:]
        to_all = bytes.fromhex("88020000") + ALL + B + A + bytes(12)
        first, handed_on = preq(), preq()[:10] + B + preq()[16:29] + b"\1" + preq()[30:]
        announcement = handed_on[:26] + bytes([126]) + handed_on[27:]
        found = frames.relayed((0, frame) for frame in (own, for_another, again, to_all, first, handed_on, announcement, b"\x88"))
        self.assertEqual({(B.hex(":"), "unicast"): 1, (B.hex(":"), "multicast"): 2}, found)

    def test_damaged_and_missing_files_are_differences(self) -> None:
        self.assertIn("hwsim0.pcap", self.compared(pcapng()).differences[0])
        (self.run_dir / "hwsim0.pcap").write_bytes(b"nothing of the kind, but long enough")
        self.assertEqual(["hwsim0.pcap is no pcap file of this kind of machine, so no frame can be compared"], self.compared(pcapng()).differences)
        (self.run_dir / "hwsim0.pcap").write_bytes(pcap())
        self.assertEqual(["sta0: causes.pcapng ends within the block at byte 28"], self.compared(pcapng()[:40]).differences)


if __name__ == "__main__":
    unittest.main()
