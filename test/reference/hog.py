# HOG by scikit-image on two images: noise, and a ramp with a square and an even part. Prints test/reference/hog.json.
# Made with the versions that the JSON names. Run: python test/reference/hog.py > test/reference/hog.json
import json
from importlib.metadata import version

import numpy as np
from hashed import hashed
from skimage.feature import hog

noise = np.floor(128 * (hashed("noise", (32, 32, 3)).astype(np.float64) + 1))
y, x = np.mgrid[:32, :32]
ramp = np.where(y < 20, 3 * x + 2 * y, 90)[:, :, None] + np.array([0, 10, 20])
ramp[8:20, 10:22] += 100
cases = []
for cell, block, orientations in [(8, 2, 9), (4, 2, 9), (6, 1, 8), (8, 3, 4)]:
    for name, image in (("noise", noise), ("ramp", ramp)):
        features = hog(image / 255, orientations=orientations, pixels_per_cell=(cell, cell), cells_per_block=(block, block), channel_axis=-1)
        cases.append({"image": name, "cell": cell, "block": block, "orientations": orientations, "features": [round(float(v), 6) for v in features]})
print(json.dumps({"versions": {name: version(name) for name in ("scikit-image", "numpy")}, "cases": cases}))
