# k-means of scikit-learn from given centers, and prototypical contrastive learning in numpy and torch: concentrations of clusters, first loss and gradient.
# pcl: the formulas of salesforce/PCL, main_pcl.py (run_kmeans) and pcl/builder.py, with all prototypes as candidates.
# Made with the versions that the JSON names. Run: python test/reference/prototypes.py > test/reference/prototypes.json
import json
from importlib.metadata import version

import numpy as np
import torch
import torch.nn.functional as F
from sklearn.cluster import KMeans

from classes import classes
from hashed import hashed, rounded


def kmeans(n, d, k, seed_rows, iterations):
    points = classes("points", n, d, 5)[0].astype(np.float64)
    found = KMeans(k, init=points[seed_rows], n_init=1, max_iter=iterations, tol=0, algorithm="lloyd").fit(points)
    return {"n": n, "d": d, "k": k, "seedRows": seed_rows, "iterations": iterations, "inertia": found.inertia_, "labels": found.labels_.tolist(), "centers": rounded(found.cluster_centers_)}


def best(n, d, k):
    points = classes("points", n, d, k)[0].astype(np.float64) + 20 * np.eye(k, d)[np.arange(n) % k]   # far apart: one best answer
    return {"n": n, "d": d, "k": k, "inertia": KMeans(k, n_init=10, random_state=0).fit(points).inertia_}


def concentrations(distances, assignment, k, temperature):
    groups = [distances[assignment == c] for c in range(k)]
    density = np.array([g.mean() / np.log(len(g) + 10) if len(g) > 1 else 0 for g in groups])
    density[[len(g) <= 1 for g in groups]] = density.max()
    density = density.clip(np.percentile(density, 10), np.percentile(density, 90))
    return temperature * density / density.mean()


distances = np.abs(hashed("distances", (40,))).astype(np.float64)
assignment = np.minimum(np.arange(40) % 9, (np.arange(40) * 7) % 8)   # unequal sizes
assignment[assignment == 7] = 0
assignment[5] = 7                                                     # alone
phi = {"distances": rounded(distances), "assignment": assignment.tolist(), "k": 9, "values": rounded(concentrations(distances, assignment, 9, 0.2))}   # cluster 8 has no point

n, width, d, keys, size, temperature = 6, 12, 4, 12, 9, 0.2


def tensor(name, shape, scale=1.0):
    return torch.from_numpy(hashed(name, shape, scale)).double()


weight, bias = tensor("weight", (d, width), 0.5).requires_grad_(), tensor("bias", (d,), 0.5)
q, k = (F.normalize(F.linear(tensor(name, (n, width)), weight, bias)) for name in ("first", "second"))
queue = F.normalize(tensor("queue", (keys, d)))
logits = torch.cat([(q * k.detach()).sum(1, keepdim=True), q @ queue.T], 1) / temperature
instance = F.cross_entropy(logits, torch.zeros(n, dtype=torch.long))
index = torch.tensor([3, 0, 8, 5, 1, 7])
prototype = []
for name, clusters in (("three", 3), ("five", 5)):
    centers = F.normalize(tensor(f"{name} centres", (clusters, d)))
    concentration = 0.3 + tensor(f"{name} concentration", (clusters,), 0.2)
    labels = torch.arange(size)[index] * 7 % clusters
    prototype.append(F.cross_entropy(q @ centers.T / concentration, labels))
loss = instance + sum(prototype) / 2
pcl = {"instance": instance.item(), "loss": loss.item(), "gradient": rounded(torch.autograd.grad(loss, weight)[0].numpy())}

print(json.dumps({"versions": {name: version(name) for name in ("numpy", "scikit-learn", "torch")},
                  "kMeans": [kmeans(60, 4, 5, [0, 1, 2, 3, 4], 50), kmeans(60, 4, 7, [0, 5, 10, 15, 20, 25, 30], 3)], "best": best(80, 6, 6), "concentrations": phi, "pcl": pcl}))
