# Colors in other spaces by scikit-image: levels of all kinds, the corners of the cube, grays, and dark ones on both sides of the places where formulas change.
# scikit-image 0.26.0, numpy 2.4.6. Run: python test/reference/colorSpaces.py (writes colorSpaces.json beside itself).
import itertools
import json
import pathlib

import numpy as np
import skimage
from skimage import color

random = np.random.default_rng(0)
corners = np.array(list(itertools.product([0, 255], repeat=3)))
grays = np.repeat(np.array([1, 5, 10, 11, 12, 60, 128, 254])[:, None], 3, 1)
dark = random.integers(0, 24, (16, 3))
levels = np.concatenate([corners, grays, dark, random.integers(0, 256, (32, 3))]).reshape(2, 4, 8, 3)
images = levels / 255

spaces = {name: getattr(color, f"rgb2{name}")(images) for name in ("xyz", "lab", "yuv", "ycbcr", "ydbdr", "hsv")}
out = {
    "versions": {"scikit-image": skimage.__version__, "numpy": np.__version__},
    "shape": list(levels.shape),
    "levels": levels.ravel().tolist(),
    "spaces": {name: [float(f"{v:.7g}") for v in values.ravel()] for name, values in spaces.items()},
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(out))
