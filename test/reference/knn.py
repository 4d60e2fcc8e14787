# Weighted k-NN by scikit-learn: cosine, votes exp(s/τ). Prints test/reference/knn.json.
# Made with the versions that the JSON names. Run: python test/reference/knn.py > test/reference/knn.json
import json
from importlib.metadata import version

import numpy as np
from classes import classes
from sklearn.neighbors import KNeighborsClassifier

train, train_labels = classes("train", 300, 16, 10)
test, test_labels = classes("test", 150, 16, 10)
cases = []
for k, temperature in [(1, 0.07), (5, 0.07), (20, 0.07), (20, 1.0), (200, 0.07), (300, 0.01)]:
    model = KNeighborsClassifier(k, metric="cosine", weights=lambda distance: np.exp((1 - distance) / temperature)).fit(train.astype(np.float64), train_labels)
    predictions = model.predict(test.astype(np.float64))
    cases.append({"k": k, "temperature": temperature, "predictions": predictions.tolist(), "accuracy": float((predictions == test_labels).mean())})
print(json.dumps({"versions": {name: version(name) for name in ("scikit-learn", "numpy")}, "cases": cases}))
