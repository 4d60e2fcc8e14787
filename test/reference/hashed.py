# Numbers from -1 to 1 as an exact function of a name and a position, the same here and in hashed.ts: fixtures need not store weights and inputs.
# Used with numpy 2.4.

import numpy as np


def hashed(name, shape, scale=1.0):
    """FNV-1a of the name, then murmur3's finalizer of name and position. Float32, row-major."""
    seed = 0x811C9DC5
    for byte in name.encode():
        seed = (seed ^ byte) * 0x01000193 & 0xFFFFFFFF
    with np.errstate(over='ignore'):
        h = np.arange(int(np.prod(shape)), dtype=np.uint32) * np.uint32(0x9E3779B9) + np.uint32(seed)
        h ^= h >> np.uint32(16)
        h *= np.uint32(0x85EBCA6B)
        h ^= h >> np.uint32(13)
        h *= np.uint32(0xC2B2AE35)
        h ^= h >> np.uint32(16)
    return (scale * (h.astype(np.float64) / 2**31 - 1)).astype(np.float32).reshape(shape)


def rounded(values):
    """A list of what float32 holds, in few digits."""
    return [float(f'{v:.8g}') for v in np.asarray(values, dtype=np.float64).ravel()]
