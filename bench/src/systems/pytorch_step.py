"""PyTorch at its best: time first, the fused LSTM and Adam, tiny numbers taken for 0.

Its LSTM knows tanh alone, so relu is the cell that its users write, compiled where that is faster.
"""
import torch
import torch._dynamo
from serve import milliseconds, serve, waves
from torch import nn

torch.set_num_threads(2)
torch.set_flush_denormal(True)
torch._dynamo.config.recompile_limit = 64  # one for each layer, not eight in all


def relu_cell(z, c):
    i, f, g, o = z.chunk(4, 1)
    c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.relu(g)
    return torch.sigmoid(o) * torch.relu(c), c


class ReluLstm(nn.Module):
    """The interface of nn.LSTM, as far as it is used here."""

    def __init__(self, inputs, units, cell):
        super().__init__()
        self.weight_ih = nn.Parameter(torch.empty(4 * units, inputs))
        self.weight_hh = nn.Parameter(torch.empty(4 * units, units))
        self.bias = nn.Parameter(torch.empty(4 * units))
        self.cell = cell

    def forward(self, x):
        projected = nn.functional.linear(x, self.weight_ih, self.bias)
        recurrent = self.weight_hh.t()
        h = c = x.new_zeros(x.shape[1], recurrent.shape[0])
        outputs = []
        for z in projected.unbind(0):
            h, c = self.cell(torch.addmm(z, h, recurrent), c)
            outputs.append(h)
        return torch.stack(outputs), (h.unsqueeze(0), c.unsqueeze(0))


class Autoencoder(nn.Module):
    """[window, batch, columns] → the same."""

    def __init__(self, row, lstm):
        super().__init__()
        units, columns = row["units"], row["columns"]
        mirrored = units[::-1]
        self.window = row["window"]
        self.encoder = nn.ModuleList(map(lstm, [columns, *units], units))
        self.decoder = nn.ModuleList(map(lstm, [units[-1], *mirrored], mirrored))
        self.reconstruction = nn.Linear(mirrored[-1], columns)
        for name, parameter in self.named_parameters():  # as Keras and Tempocode do
            if "bias" in name:
                nn.init.zeros_(parameter)
            elif "weight_hh" in name:
                nn.init.orthogonal_(parameter)
            else:
                nn.init.xavier_uniform_(parameter)
        with torch.no_grad():
            for layer in [*self.encoder, *self.decoder]:  # the gates' order is i, f, g, o
                bias = layer.bias if hasattr(layer, "cell") else layer.bias_ih_l0
                bias.view(4, -1)[1].fill_(1)

    def forward(self, x):
        for layer in self.encoder:
            x, (code, _) = layer(x)
        x = code.expand(self.window, -1, -1)
        for layer in self.decoder:
            x, _ = layer(x)
        return self.reconstruction(x)


def step_of(row, lstm):
    model = Autoencoder(row, lstm)
    windows = torch.from_numpy(waves(row)).transpose(0, 1).contiguous()
    optimizer = torch.optim.Adam(model.parameters(), fused=True)

    def step():
        optimizer.zero_grad()
        nn.functional.mse_loss(model(windows), windows).backward()
        optimizer.step()

    return step


def prepare(row):
    if row["activation"] == "tanh":
        return step_of(row, nn.LSTM), 1, None
    plain = step_of(row, lambda inputs, units: ReluLstm(inputs, units, relu_cell))
    try:
        cell = torch.compile(relu_cell)
        compiled = step_of(row, lambda inputs, units: ReluLstm(inputs, units, cell))
        compiled()
    except Exception as error:
        return plain, 1, f"a cell of its own; torch.compile failed ({type(error).__name__})"
    plain()
    best = [min(milliseconds(step) for _ in range(5)) for step in (plain, compiled)]
    note = f"a cell of its own, eager {best[0]:.0f} ms, compiled {best[1]:.0f} ms; the faster is timed"
    return (plain if best[0] < best[1] else compiled), 1, note


serve(prepare)
