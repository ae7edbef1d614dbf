"""Writes the golden safetensors files beside it with nothing but Python's standard library.

The rules are those of the serializer of huggingface/safetensors at 24b0b28 (safetensors/src/tensor.rs, `prepare` and
`Dtype`), written down here once more and independently of the C# writer: sort by dtype, the widest alignment first,
then by the UTF-8 bytes of the name; compact JSON with serde's escapes; pad with spaces to a multiple of 8.

    python3 make_golden.py
"""
import json
import struct
from pathlib import Path

ASCENDING = ["BOOL", "U8", "I8", "I16", "U16", "F16", "BF16", "I32", "U32", "F32", "F64", "I64", "U64"]
FORMATS = {"BOOL": "?", "U8": "B", "I8": "b", "I16": "h", "U16": "H", "F16": "e", "I32": "i", "U32": "I",
           "F32": "f", "F64": "d", "I64": "q", "U64": "Q"}


def data_of(dtype, values):
    if dtype == "BF16":  # the upper half of a float32; these values have an empty lower half
        return b"".join(struct.pack("<f", v)[2:] for v in values)
    return struct.pack(f"<{len(values)}{FORMATS[dtype]}", *values)


def write(path, tensors, metadata=None, sort=True, pad=8):
    if sort:
        tensors = sorted(tensors, key=lambda t: (-ASCENDING.index(t[1]), t[0].encode()))
    header, data = {}, b""
    if metadata is not None:
        header["__metadata__"] = metadata
    for name, dtype, shape, values in tensors:
        begin = len(data)
        data += data_of(dtype, values)
        header[name] = {"dtype": dtype, "shape": shape, "data_offsets": [begin, len(data)]}
    text = json.dumps(header, separators=(",", ":"), ensure_ascii=False).encode()
    text += b" " * (-len(text) % pad)
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


here = Path(__file__).parent
write(here / "every-dtype.safetensors", [
    ("b", "BOOL", [3], [True, False, True]),
    ("u8", "U8", [2, 2], [0, 1, 127, 255]),
    ("i8", "I8", [3], [-128, 0, 127]),
    ("i16", "I16", [2], [-32768, 32767]),
    ("u16", "U16", [1, 2], [1, 65535]),
    ("f16", "F16", [3], [0.5, -2.0, 65504.0]),
    ("bf16", "BF16", [3], [0.5, -2.0, 1.5]),
    ("i32", "I32", [2], [-2147483648, 7]),
    ("u32", "U32", [2], [4294967295, 7]),
    ("f32", "F32", [2, 3], [0.0, 1.0, 2.0, 3.0, 4.0, -5.25]),
    ("f64", "F64", [2], [0.1, -1e300]),
    ("i64", "I64", [], [-9223372036854775808]),
    ("u64", "U64", [1], [18446744073709551615]),
], {"format": "pt"})
write(here / "names.safetensors", [
    ("\uffee", "F32", [1], [1.0]),        # after U+10000 by UTF-16 units, before it by UTF-8 bytes
    ("\U00010000", "F32", [1], [2.0]),
    ("quote\" back\\ tab\t bell\x07 del\x7f", "F32", [1], [3.0]),
    ("Zebra", "F32", [1], [4.0]),
    ("apple", "F32", [1], [5.0]),
    ("apple.10", "F32", [1], [6.0]),
    ("apple.9", "F32", [1], [7.0]),
    ("empty.b", "F32", [2, 0], []),
    ("empty.a", "F32", [0], []),
], {"note": "caf\u00e9 </script> \u2028"})
# In the order that a foreign program liked, not aligned, not padded: to be read all the same.
write(here / "foreign-order.safetensors", [
    ("y", "U8", [3], [1, 2, 3]),
    ("x", "F32", [1, 2], [0.25, -0.75]),
    ("a", "I64", [1], [-3]),
], None, sort=False, pad=1)
