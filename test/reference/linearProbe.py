# Softmax regression by scikit-learn on standardized features, strength by strength. Prints test/reference/linearProbe.json.
# Made with the versions that the JSON names. Run: python test/reference/linearProbe.py > test/reference/linearProbe.json
import json
from importlib.metadata import version

import numpy as np
from classes import classes
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss
from sklearn.preprocessing import StandardScaler

n = 300
train, train_labels = classes("train", n, 16, 10)
validation, validation_labels = classes("validation", 150, 16, 10)
test, test_labels = classes("test", n, 16, 10)
scaler = StandardScaler().fit(train.astype(np.float64))
train, validation, test = (scaler.transform(part.astype(np.float64)) for part in (train, validation, test))
fits = []
for strength in (1.0, 0.1, 0.01, 0.001):
    model = LogisticRegression(C=1 / (strength * n), tol=1e-8, max_iter=10_000).fit(train, train_labels)
    objective = log_loss(train_labels, model.predict_proba(train)) + strength / 2 * (model.coef_ ** 2).sum()
    fits.append({"strength": strength, "objective": objective, "validationAccuracy": model.score(validation, validation_labels),
                 "accuracy": model.score(test, test_labels), "weights": np.float32(model.coef_[0]).tolist()})
print(json.dumps({"versions": {name: version(name) for name in ("scikit-learn", "numpy")}, "fits": fits}))
