# Estimates of mutual information on fixed scores, in the formulas of ermongroup/smile-mi-estimator (estimators.py) and google-research/google-research (vbmi/vbmi_demo.ipynb), stated again in
# numpy; KSG as gregversteeg/NPEET (npeet/entropy_estimators.py, mi) has it, on scipy's k-d tree. Prints test/reference/information.json.
# Made with the versions that the JSON names. Run: python test/reference/information.py > test/reference/information.json
import json
from importlib.metadata import version

import numpy as np
from hashed import hashed
from scipy.spatial import cKDTree
from scipy.special import digamma, logsumexp

K = 12


def logmeanexp_nodiag(x, axis=None):
    n = len(x)
    kept = x - np.diag(np.full(n, np.inf))
    count = n - 1 if axis is not None else n * (n - 1)
    return logsumexp(kept, axis=axis) - np.log(count)


def tuba(scores, log_baseline=None):
    if log_baseline is not None:
        scores = scores - log_baseline[:, None]
    return 1 + np.diag(scores).mean() - np.exp(logmeanexp_nodiag(scores))


def infonce(scores):
    return np.mean(np.diag(scores) - logsumexp(scores, axis=1)) + np.log(len(scores))


def softplus(x):
    return np.logaddexp(0, x)


def js_fgan(f):
    n, diagonal = len(f), np.diag(f)
    return -softplus(-diagonal).mean() - (softplus(f).sum() - softplus(diagonal).sum()) / (n * (n - 1))


def dv(f, clip=np.inf):
    return np.diag(f).mean() - logmeanexp_nodiag(np.clip(f, -clip, clip))


def mine(f, buffer, momentum=0.9):
    """The loss whose gradient MINE takes, and the new average."""
    update = np.exp(logmeanexp_nodiag(f))
    new = max(buffer * momentum + update * (1 - momentum), 1e-4)
    return -(np.diag(f).mean() - update / new), new


def interpolated(scores, alpha, log_baseline):
    n = len(scores)
    loo = np.array([[logsumexp(np.delete(scores[i], j)) for j in range(n)] for i in range(n)]) - np.log(n - 1)
    baseline = np.logaddexp(np.log(alpha) + loo, np.log(1 - alpha) + log_baseline[:, None])
    marginal = np.exp(logmeanexp_nodiag(scores - np.diag(baseline)[:, None]))
    joint = np.diag(scores)[:, None] - baseline
    return 1 + (joint.sum() - np.trace(joint)) / (n * (n - 1)) - marginal


def ksg(x, y, k, base):
    """NPEET's mi without its noise: there are no equal points here."""
    points = np.c_[x, y]
    radius = cKDTree(points).query(points, k=k + 1, p=np.inf)[0][:, k]

    def average(z):
        tree = cKDTree(z)
        counts = np.array([len(tree.query_ball_point(z[i], radius[i] - 1e-15, p=np.inf)) for i in range(len(z))])
        return digamma(counts).mean()

    return (-average(x) - average(y) + digamma(k) + digamma(len(x))) / np.log(base)


estimates = {}
for name, scale in (("small", 1.5), ("large", 9)):
    f = hashed(f"{name} scores", (K, K), scale).astype(np.float64)
    a = hashed("baseline", (K,), 1).astype(np.float64)
    loss, average = mine(f, 1.0)
    estimates[name] = {
        "scale": scale, "infoNce": infonce(f), "tuba": tuba(f), "tubaWithBaseline": tuba(f, a), "nwj": tuba(f - 1), "jensenShannon": js_fgan(f), "donskerVaradhan": dv(f), "smile1": dv(f, 1), "smile5": dv(f, 5),
        "mine": loss, "mineAverage": average, "interpolated": {str(alpha): interpolated(f, alpha, a) for alpha in (0.01, 0.5, 0.99)},
        "club": np.diag(f).mean() - (f.sum() - np.trace(f)) / (K * (K - 1)),
    }

x = hashed("x", (200, 2)).astype(np.float64)
y = 0.6 * x + 0.4 * hashed("noise", (200, 2)).astype(np.float64)
nearest = [{"k": k, "nats": ksg(x, y, k, np.e), "bits": ksg(x, y, k, 2)} for k in (1, 3, 10)]
print(json.dumps({"versions": {name: version(name) for name in ("numpy", "scipy")}, "k": K, "estimates": estimates, "ksg": nearest}, indent=1))
