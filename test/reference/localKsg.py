# Mutual information of two scalars with the correction for local non-uniformity, as BiuBiuBiLL/NPEET_LNC (lnc.py, mi_LNC) has it, stated again in numpy on scipy's k-d tree without its noise: there are no equal points
# here. Lines with noise of three widths, a parabola, and independent values. Prints test/reference/localKsg.json.
# Made with the versions that the JSON names. Run: python test/reference/localKsg.py > test/reference/localKsg.json
import json
from importlib.metadata import version

import numpy as np
from hashed import hashed
from scipy.spatial import cKDTree
from scipy.special import digamma

N = 200


def local_ksg(x, y, k, alpha, base):
    points = np.c_[x, y]
    neighbors = points[cKDTree(points).query(points, k=k + 1, p=np.inf)[1]]           # [n, k + 1, 2], the point itself first
    offsets = neighbors - points[:, None]
    sides = np.abs(offsets).max(1)                                                      # [n, 2]
    value = digamma(k) - 1 / k + digamma(len(x))
    for column in range(2):
        tree = cKDTree(points[:, [column]])
        value -= np.mean([digamma(len(tree.query_ball_point(p, r - 1e-15, p=np.inf))) for p, r in zip(points[:, [column]], sides[:, column])])
    correction = 0
    for offset, side in zip(offsets, sides):
        _, axes = np.linalg.eigh(offset[1:].T @ offset[1:] / k)
        along = np.log(np.abs(offset @ axes).max(0)).sum()
        box = np.log(side).sum()
        if along < box + np.log(alpha):
            correction += (box - along) / len(x)
    return (value + correction) / np.log(base)


x = hashed("x", (N,)).astype(np.float64)
noise = hashed("noise", (N,)).astype(np.float64)
cases = {"line 1": x + noise, "line 0.1": x + 0.1 * noise, "line 0.001": x + 0.001 * noise, "parabola": x**2 + 0.01 * noise, "independent": noise}
results = [{"case": name, "k": k, "alpha": alpha, "nats": local_ksg(x, y, k, alpha, np.e), "bits": local_ksg(x, y, k, alpha, 2)} for name, y in cases.items() for k, alpha in ((3, 0.1), (5, 0.25), (10, 0.6))]
print(json.dumps({"versions": {name: version(name) for name in ("numpy", "scipy")}, "results": results}, indent=1))
