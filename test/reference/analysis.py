# The measures of lib/analysis in their authors' formulas or in numpy. Prints test/reference/analysis.json.
# align_loss and uniform_loss: the two lines of SsnL/align_uniform. Made with the versions that the JSON names.
# LiDAR: eq. 1 to 5 of Thilak et al. 2024, with the roots of rbalestr-lab/stable-pretraining's lidar.py.
# Run: python test/reference/analysis.py > test/reference/analysis.json
import json
from importlib.metadata import version

import numpy as np
import scipy.stats
import torch
import torch.nn.functional as F
from classes import classes
from hashed import hashed

n, d, k = 60, 16, 10
x, labels = classes("first", n, d, k)
y, _ = classes("second", n, d, k)
u, v = (F.normalize(torch.from_numpy(z).double()) for z in (x, y))


def align_loss(x, y, alpha=2):
    return (x - y).norm(p=2, dim=1).pow(alpha).mean()


def uniform_loss(x, t=2):
    return torch.pdist(x, p=2).pow(2).mul(-t).exp().mean().log()


cosine = (u @ u.T).numpy()
pairs = [(i, j) for i in range(n) for j in range(i)]
same = [cosine[i, j] for i, j in pairs if labels[i] == labels[j]]


def rank_me(z, epsilon=1e-7):
    singular = np.linalg.svd(z.astype(np.float64), compute_uv=False)
    p = singular / singular.sum() + epsilon
    return np.exp(-(p * np.log(p)).sum())


def lidar(z, delta=1e-4):
    z = z.astype(np.float64)
    (n, q, d), means = z.shape, z.mean(1)
    inside = (z - means[:, None]).reshape(-1, d)
    values, vectors = np.linalg.eigh(inside.T @ inside / (n * (q - 1)) + delta * np.eye(d))
    root = vectors / np.sqrt(values) @ vectors.T
    p = np.linalg.eigvalsh(root @ np.cov(means.T) @ root).clip(0)
    p = p[p > 0] / p.sum()
    return np.exp(-(p * np.log(p)).sum())


views = hashed("images", (n, 1, d)) * np.linspace(1, 0.1, d, dtype=np.float32) + hashed("views", (n, 6, d), 0.5)   # n images, 6 views each
quiet = views.copy()
quiet[:, :, 5:] = quiet[:, :1, 5:]
eigenvalues = np.linalg.eigvalsh(np.cov(u.numpy().T))
flat = x.copy()
flat[:, 5:] = 0
cross = (u @ v.T).numpy()
edges = np.linspace(-1, 1, 41)
print(json.dumps({
    "versions": {name: version(name) for name in ("torch", "numpy", "scipy")},
    "n": n, "d": d, "k": k,
    "alignment": {str(alpha): align_loss(u, v, alpha).item() for alpha in (1, 2, 4)},
    "uniformity": {str(t): -uniform_loss(u, t).item() for t in (0.5, 2, 5)},
    "tolerance": float(np.mean(same)),
    "toleranceLiteral": float(np.sum(same) / len(pairs)),
    "collapse": float(u.numpy().std(0, ddof=1).mean() * np.sqrt(d)),
    "participationRatio": float(eigenvalues.sum() ** 2 / (eigenvalues ** 2).sum()),
    "rankMe": rank_me(x),
    "rankMeFlat": rank_me(flat),
    "lidar": {str(delta): lidar(views, delta) for delta in (1e-4, 0.1)},
    "lidarQuiet": lidar(quiet),
    "positives": (np.histogram(np.diag(cross), edges)[0] / n).tolist(),
    "negatives": (np.histogram(cross[~np.eye(n, dtype=bool)], edges)[0] / (n * (n - 1))).tolist(),
    "nearest": (np.histogram(np.sort(cross[~np.eye(n, dtype=bool)].reshape(n, n - 1))[:, -10:], edges)[0] / (n * 10)).tolist(),
    "intervals": [{"values": values, "level": level, "mean": float(np.mean(values)),
                   "bounds": [float(b) for b in scipy.stats.t.interval(level, len(values) - 1, np.mean(values), scipy.stats.sem(values))]}
                  for values, level in [([1, 2, 3], 0.95), ([0.41, 0.44], 0.95), ([0.1, 0.4, 0.35, 0.2, 0.9], 0.9)]],
}))
