# The peers of the evaluation's benchmark: k-NN by scikit-learn or by lightly on torch, the linear probe by scikit-learn. Argument: case, folder of its features and library as JSON.

import json
import sys
from importlib.metadata import version
from pathlib import Path

from turns import turns

import numpy as np

argument = json.loads(sys.argv[1])
case = argument['case']
folder = Path(argument['folder'])
names = ['scikit-learn', 'numpy'] if argument['library'] == 'scikit-learn' else ['torch', 'lightly']


def load(name):
    return np.fromfile(folder / f'{name}.f32', np.float32).reshape(-1, case['width']), np.fromfile(folder / f'{name}.i32', np.int32)


(x, y), (vx, vy), (tx, ty) = (load(name) for name in ('train', 'validation', 'test'))


def nearest():
    """Brute force on unit vectors, whose squared distance is 2 - 2 cosine."""
    from sklearn.neighbors import KNeighborsClassifier
    from sklearn.preprocessing import normalize
    votes = KNeighborsClassifier(case['k'], algorithm='brute', weights=lambda distance: np.exp((1 - distance ** 2 / 2) / case['temperature']))
    return {'accuracy': float((votes.fit(normalize(x), y).predict(normalize(tx)) == ty).mean())}


def lightly():
    """As lightly's benchmarks call it: batches of 256 against the transposed bank."""
    import torch
    from lightly.utils.benchmarking import knn_predict
    unit = torch.nn.functional.normalize
    bank, labels = unit(torch.from_numpy(x)).t(), torch.from_numpy(y).long()
    found = [knn_predict(batch, bank, labels, case['classes'], case['k'], case['temperature'])[:, 0] for batch in unit(torch.from_numpy(tx)).split(256)]
    return {'accuracy': float((torch.cat(found).numpy() == ty).mean())}


def regression(strength, **options):
    """Stops, as our side does, when no entry of the gradient is above 1e-4."""
    from sklearn.linear_model import LogisticRegression
    return LogisticRegression(C=1 / (strength * len(x)), tol=1e-4, max_iter=10_000, **options)


def probe():
    return regression(case['strength']).fit(x, y)


def objective(model):
    logits = x @ model.coef_.T.astype(np.float64) + model.intercept_
    top = logits.max(1)
    surprise = top + np.log(np.exp(logits - top[:, None]).sum(1)) - logits[np.arange(len(y)), y]
    return surprise.mean() + case['strength'] / 2 * (model.coef_.astype(np.float64) ** 2).sum()


def path():
    """From strong to weak, each from where the one before ended, until three in a row are no better on the validation split."""
    from sklearn.preprocessing import StandardScaler
    scale = StandardScaler().fit(x)
    sx, svx, stx = (scale.transform(part) for part in (x, vx, tx))
    model, best, since = None, (-1, 0, 0), 0
    for strength in case['strengths']:
        model = regression(strength, warm_start=True) if model is None else model.set_params(C=1 / (strength * len(x)))
        reached = model.fit(sx, y).score(svx, vy)
        since = 0 if reached > best[0] else since + 1
        if since == 0:
            best = reached, strength, model.score(stx, ty)
        if since == 3:
            break
    return {'accuracy': best[2], 'strength': best[1]}


facts = {'versions': {name: version(name) for name in names}}
if case['task'] == 'probe':
    work = probe
    model = work()
    facts |= {'objective': objective(model), 'iterations': int(model.n_iter_[0])}
else:
    work = path if case['task'] == 'path' else nearest if argument['library'] == 'scikit-learn' else lightly
    facts |= work()
turns(facts, work)
