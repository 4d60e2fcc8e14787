# The two analyses of patchPca by scikit-learn's PCA: first component of all patches, then three of the foreground's. Prints test/reference/patchPca.json.
# Made with the versions that the JSON names. Run: python test/reference/patchPca.py > test/reference/patchPca.json
import json
from importlib.metadata import version

import numpy as np
from hashed import hashed, rounded
from sklearn.decomposition import PCA

n, h, w, d = 3, 5, 6, 12
# Objects in the middle: a shift along one direction there, and two more gradients within it.
place = np.zeros((n, h, w, 1), np.float32)
place[:, 1:4, 1:5] = 1
rows, columns = np.arange(h, dtype=np.float32)[:, None, None] - 2, np.arange(w, dtype=np.float32)[:, None] - 2.5
shift, down, across = hashed('object', (d,)), hashed('down', (d,)), hashed('across', (d,))
x = hashed('patches', (n, h, w, d), 0.25) + place * (2 * shift + 0.5 * rows * down + 0.5 * columns * across)

features = x.reshape(-1, d).astype(np.float64)
first = PCA(svd_solver='full').fit(features)
scores = first.transform(features)[:, 0] / np.sqrt(np.mean(first.transform(features)[:, 0] ** 2))
border = np.ones((h, w), bool)
border[1:-1, 1:-1] = False
scores *= -np.sign(scores.reshape(n, h, w)[:, border].mean())
cases = []
for threshold, clipped in [(0.0, 0.01), (0.3, 0.0), (-0.2, 0.1)]:
    foreground = scores > threshold
    second = PCA(3, svd_solver='full').fit(features[foreground])
    three = second.transform(features[foreground])
    low, high = np.percentile(three, [100 * clipped, 100 * (1 - clipped)], axis=0)
    colors = np.zeros((len(features), 3))
    colors[foreground] = np.clip((three - low) / (high - low), 0, 1)
    cases.append({'threshold': threshold, 'clipped': clipped, 'foreground': foreground.astype(int).tolist(), 'colors': rounded(colors), 'explained': rounded(second.explained_variance_ratio_)})
print(json.dumps({'versions': {name: version(name) for name in ('scikit-learn', 'numpy')}, 'scores': rounded(scores), 'explained': float(first.explained_variance_ratio_[0]), 'cases': cases}))
