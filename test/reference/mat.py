# MAT-files as base64 and what SciPy reads in them: files that it writes, packed and not, and files of MATLAB itself that its own tests carry.
# Prints test/reference/mat.json. Made with the versions that the JSON names. Run: python test/reference/mat.py > test/reference/mat.json
import base64
import io
import json
from importlib.metadata import version
from pathlib import Path

import numpy as np
import scipy.io
from hashed import hashed

# version 5 (SOL2 is big-endian, GLNX86 little-endian), 7 (packed), then what is no array of real numbers
matlab = ["testdouble_6.1_SOL2", "testdouble_6.5.1_GLNX86", "testdouble_7.4_GLNX86", "test3dmatrix_6.1_SOL2", "test3dmatrix_7.1_GLNX86", "testmulti_7.4_GLNX86", "testminus_6.1_SOL2",
          "testcomplex_7.4_GLNX86", "testcell_6.1_SOL2", "teststruct_7.4_GLNX86", "testsparse_7.4_GLNX86", "testbool_8_WIN64"]
refused = {"version4": "testdouble_4.2c_SOL2", "version73": "testhdf5_7.4_GLNX86", "damaged": "corrupted_zlib_checksum"}
folder = Path(scipy.io.__file__).parent / "matlab/tests/data"
noise = hashed("mat", (4, 3, 3, 5)).astype(np.float64)
own = {
    "X": np.floor(128 * (noise + 1)).astype(np.uint8), "y": np.array([[1.0], [10.0], [3.0], [255.0], [0.0]]), "short": np.array([7, 8], np.uint8), "fractions": noise[0, 0],
    "single": noise[0, :, 0].astype(np.float32), "int8": np.array([-128, 127], np.int8), "int16": np.array([[-300], [300]], np.int16), "uint16": np.array([65535], np.uint16),
    "int32": np.array([-(2**31)], np.int32), "uint32": np.array([2**32 - 1], np.uint32), "int64": np.array([2**60], np.int64), "empty": np.zeros((0, 3)), "a_name_of_many_letters": np.array(1.5),
}


def case(name, data):
    values = scipy.io.loadmat(io.BytesIO(data))
    arrays = []
    for array, shape, kind in scipy.io.whosmat(io.BytesIO(data)):
        value = values[array]
        real = isinstance(value, np.ndarray) and value.dtype.kind in "fiub" and kind not in ("int64", "uint64", "sparse")
        arrays.append({"name": array, "shape": list(shape), "type": kind, "values": value.ravel(order="F").astype(float).tolist() if real else None})
    return {"name": name, "file": base64.b64encode(data).decode(), "arrays": arrays}


cases = [case(name, (folder / f"{name}.mat").read_bytes()) for name in matlab]
for packed in (False, True):
    buffer = io.BytesIO()
    scipy.io.savemat(buffer, own, do_compression=packed)
    data = buffer.getvalue()
    cases.append(case(f"savemat{', packed' if packed else ''}", b"MATLAB 5.0 MAT-file".ljust(116) + data[116:]))   # without the date, so that the same is written again
print(json.dumps({"versions": {name: version(name) for name in ("scipy", "numpy")}, "cases": cases,
                  "refused": {key: base64.b64encode((folder / f"{name}.mat").read_bytes()).decode() for key, name in refused.items()}}))
