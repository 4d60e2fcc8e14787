# The peers' models, with the names of our parameters.

import torch
import torchvision
from torch import nn
from torch.nn import functional as F


class SmallConv(nn.Module):
    def __init__(self, width=192):
        super().__init__()
        sizes = [3, width // 4, width // 2, width, width]
        for i in range(1, 5):
            setattr(self, f'conv{i}', nn.Conv2d(sizes[i - 1], sizes[i], 3, stride=2 if i < 4 else 1, padding=1, bias=False))
            setattr(self, f'bn{i}', nn.BatchNorm2d(sizes[i]))
        self.width = width

    def forward(self, x):
        for i in range(1, 4):
            x = F.relu(getattr(self, f'bn{i}')(getattr(self, f'conv{i}')(x)))
        x = F.relu(x + self.bn4(self.conv4(x)))
        return x.mean((2, 3))


def resnet18():
    model = torchvision.models.resnet18()
    model.conv1 = nn.Conv2d(3, 64, 3, padding=1, bias=False)
    model.maxpool = nn.Identity()
    model.fc = nn.Identity()
    model.width = 512
    return model


class Mlp(nn.Module):
    """Linear, BatchNorm, ReLU, …, linear."""

    def __init__(self, widths):
        super().__init__()
        self.layers = len(widths) - 1
        for i in range(1, self.layers + 1):
            setattr(self, f'linear{i}', nn.Linear(widths[i - 1], widths[i], bias=i == self.layers))
            if i < self.layers:
                setattr(self, f'bn{i}', nn.BatchNorm1d(widths[i]))

    def forward(self, x):
        for i in range(1, self.layers):
            x = F.relu(getattr(self, f'bn{i}')(getattr(self, f'linear{i}')(x)))
        return getattr(self, f'linear{self.layers}')(x)


def nt_xent(z, temperature):
    z = F.normalize(z)
    n = len(z) // 2
    logits = (z @ z.T / temperature).fill_diagonal_(float('-inf'))
    return F.cross_entropy(logits, torch.arange(2 * n).roll(n))


class Simclr(nn.Module):
    def __init__(self, backbone, projector, temperature):
        super().__init__()
        self.backbone, self.projector, self.temperature = backbone, Mlp([backbone.width, *projector]), temperature

    def forward(self, batch):
        return nt_xent(self.projector(self.backbone(torch.cat([batch['first'], batch['second']]))), self.temperature)


class Classifier(nn.Module):
    def __init__(self, backbone, classes):
        super().__init__()
        self.backbone, self.head = backbone, nn.Linear(backbone.width, classes)

    def forward(self, batch):
        return F.cross_entropy(self.head(self.backbone(batch['images'])), batch['labels'])


def model(case, settings):
    backbone = {'smallConv': SmallConv, 'resnet18': resnet18}[case['encoder']]()
    if case['objective'] == 'simclr':
        return Simclr(backbone, settings['projector'][case['encoder']], settings['temperature'])
    return Classifier(backbone, settings['classes'])
