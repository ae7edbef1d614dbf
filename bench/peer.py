"""Runs the training step and the sampling of a BigGAN-PyTorch checkout on synthetic data, and pairs it with Atelier's.

peer.py pairs ...   alternates both programs; bench/peer.sh describes the options
peer.py step ...    one measurement of the peer's training step, as one line of JSON
peer.py sample ...  one measurement of its sampling

The peer's networks are set up from the JSON of `atelier bench step`, and the numbers of weights are compared, so that both
programs are known to train the same thing.
"""
import argparse
import contextlib
import importlib.util
import json
import os
import shlex
import statistics
import subprocess
import sys
import time
import types

MEBIBYTE = 1048576


def stop(sentence):
    sys.exit(f"error: {sentence}")


# --- the peer ----------------------------------------------------------------------------------------------------------

def check_checkout(checkout):
    if not os.path.isfile(os.path.join(checkout, "train_fns.py")):
        stop(f"'{checkout}' is not a checkout of BigGAN-PyTorch: it has no train_fns.py. Clone it and name its folder.")


def import_peer(checkout):
    """The modules that are measured. What they import for datasets and progress bars alone may be missing."""
    check_checkout(checkout)
    sys.path.insert(0, checkout)
    sys.dont_write_bytecode = True
    for name, words in {"tqdm": ("tqdm", "trange"), "h5py": ("File",)}.items():
        if importlib.util.find_spec(name) is None:
            absent = types.ModuleType(name)
            for word in words:
                setattr(absent, word, None)
            sys.modules[name] = absent
    import BigGAN
    import train_fns
    import utils
    return BigGAN, train_fns, utils


def configuration(utils, model, batch, d_steps):
    """The peer's defaults, changed to what Atelier trained."""
    if model["family"] != "biggan" or model["loss"] != "hinge":
        stop(f"the peer trains biggan with the hinge loss, not {model['family']} with {model['loss']}.")
    if model["width"] != model["height"] or model["width"] not in (32, 64, 128, 256) or model["image_channels"] != 3:
        stop(f"the peer makes colour images of 32, 64, 128 or 256 px, not {model['image_channels']} channels of "
             f"{model['width']}x{model['height']}.")
    config = vars(utils.prepare_parser().parse_args([]))
    attention = "_".join(str(side) for side in model["attention"]) or "0"
    d_attention = "_".join(str(side) for side in model["discriminator_attention"]) or "0"
    config.update(
        resolution=model["width"], n_classes=model["classes"], G_ch=model["channels"],
        D_ch=model["discriminator_channels"], dim_z=model["latent_size"],
        G_shared=model.get("shared_embedding_size") is not None,
        shared_dim=model.get("shared_embedding_size") or 0, hier=model["hierarchical_latent"],
        G_attn=attention, D_attn=d_attention, G_init="N02", D_init="N02", SN_eps=model["spectral_norm_eps"],
        BN_eps=model["batch_norm_eps"], G_ortho=model["orthogonal_generator"], ema=True, use_ema=True,
        batch_size=batch, num_D_steps=d_steps, num_G_accumulations=1, num_D_accumulations=1)
    config["G_activation"] = utils.activation_dict[config["G_nl"]]
    config["D_activation"] = utils.activation_dict[config["D_nl"]]
    return config


def check_weights(name, network, expected):
    got = sum(p.numel() for p in network.parameters())
    if got != expected:
        stop(f"the peer's {name} has {got} weights and Atelier's {expected}: they are not the same network.")


def autocast(precision):
    import torch
    return torch.autocast("cpu", dtype=torch.bfloat16) if precision == "bf16" else contextlib.nullcontext()


def reset_peak():
    with contextlib.suppress(OSError), open("/proc/self/clear_refs", "w") as file:
        file.write("5")


def peak_mb():
    with open("/proc/self/status") as file:
        line = next(line for line in file if line.startswith("VmHWM:"))
    return int(line.split()[1]) * 1024 / MEBIBYTE


def measure_step(options, model):
    import torch
    module, train_fns, utils = import_peer(options.checkout)
    config = configuration(utils, model, options.batch, options.d_steps)
    torch.manual_seed(0)
    generator, discriminator = module.Generator(**config), module.Discriminator(**config)
    average = module.Generator(**{**config, "skip_init": True, "no_optim": True})
    check_weights("generator", generator, model["generator_parameters"])
    check_weights("discriminator", discriminator, model["discriminator_parameters"])
    ema = utils.ema(generator, average, config["ema_decay"], config["ema_start"])
    both = module.G_D(generator, discriminator)

    def forward(*words, **named):
        with autocast(options.precision):
            return both(*words, **named)

    z, y = utils.prepare_z_y(options.batch, generator.dim_z, config["n_classes"], device="cpu")
    state = {"itr": 0}
    train = train_fns.GAN_training_function(generator, discriminator, forward, z, y, ema, state, config)
    count = options.batch * options.d_steps
    images = torch.rand(count, 3, config["resolution"], config["resolution"]) * 2 - 1
    classes = torch.randint(0, config["n_classes"], (count,))
    generator.train()
    discriminator.train()
    average.eval()
    reset_peak()
    seconds = []
    for k in range(options.warm_up + options.steps):
        state["itr"] += 1
        start = time.perf_counter()
        train(images, classes)
        if k >= options.warm_up:
            seconds.append(time.perf_counter() - start)
    median = statistics.median_high(seconds)
    return {"images_per_second": count / median, "seconds_per_step": median, "step_seconds": seconds,
            "peak_rss_mb": peak_mb()}


def measure_sample(options, model):
    import torch
    module, _, utils = import_peer(options.checkout)
    config = configuration(utils, model, options.batch, 1)
    generator = module.Generator(**{**config, "no_optim": True})
    check_weights("generator", generator, model["generator_parameters"])
    generator.eval()
    z, y = utils.prepare_z_y(options.batch, generator.dim_z, config["n_classes"], device="cpu")
    reset_peak()

    def draw(count):
        done = 0
        while done < count:
            z.sample_()
            y.sample_()
            some = min(options.batch, count - done)
            # Its Distribution is a tensor of a class of its own, whose results cannot change their type.
            latents, classes = (tensor.as_subclass(torch.Tensor)[:some] for tensor in (z, y))
            with torch.no_grad(), autocast(options.precision):
                images = generator(latents, generator.shared(classes))
            (images.float() * 127.5 + 128).floor().clamp(0, 255).to(torch.uint8).numpy()
            done += some

    draw(min(options.batch, options.count))
    seconds = []
    for _ in range(3):
        start = time.perf_counter()
        draw(options.count)
        seconds.append(time.perf_counter() - start)
    median = statistics.median(seconds)
    return {"images_per_second": options.count / median, "seconds": median, "peak_rss_mb": peak_mb()}


def measure(options):
    import torch
    torch.set_num_threads(options.threads)
    model = json.loads(options.model)
    # The peer prints as it goes, and stdout is for the result.
    with contextlib.redirect_stdout(sys.stderr):
        result = (measure_step if options.mode == "step" else measure_sample)(options, model)
    print(json.dumps(result))


# --- the pairs ---------------------------------------------------------------------------------------------------------

def run(command, environment):
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode != 0:
        sys.stderr.write(done.stderr)
        stop(f"'{shlex.join(command[:4])} ...' ended with {done.returncode}.")
    return json.loads(done.stdout)


def pairs(options):
    checkout = os.path.abspath(options.checkout)
    check_checkout(checkout)
    environment = dict(os.environ, ATELIER_THREADS=str(options.threads), OMP_NUM_THREADS=str(options.threads))
    peer_precision = options.peer_precision or options.precision
    overrides = [f"model.resolution={options.resolution}"] if options.resolution else []
    overrides += options.set
    recipe = ["--recipe", options.recipe, *(word for one in overrides for word in ("--set", one)),
              "--classes", str(options.classes), *(["--channels", str(options.channels)] if options.channels else [])]
    # A path, which may have spaces in it, or a command with arguments.
    named = os.environ.get("ATELIER", "atelier")
    atelier = [named] if os.path.exists(named) else shlex.split(named)
    step = [*atelier, "bench", "step", *recipe, "--precision", options.precision, "--batch", str(options.batch),
            "--d-steps", str(options.d_steps), "--steps", str(options.steps), "--warm-up", str(options.warm_up),
            "--no-floor", "--json", "--quiet"]
    sample = [*atelier, "bench", "sample", *recipe, "--precision", options.precision, "--batch", str(options.batch),
              "--count", str(options.sample), "--json", "--quiet"]
    rows = {"step": [], "sample": []}

    def say(words):
        print(words, file=sys.stderr if options.json else sys.stdout, flush=True)

    say(f"{options.recipe}, batch {options.batch}, {options.d_steps} D steps, threads {options.threads}; Atelier "
        f"{options.precision}, BigGAN-PyTorch {peer_precision}; load {' '.join(map(str, os.getloadavg()))}")
    say("pair  work    Atelier img/s  peer img/s  ratio  Atelier MiB  peer MiB  ratio")
    for pair in range(1, options.pairs + 1):
        ours = run(step, environment)
        peer = [sys.executable, os.path.abspath(__file__)]
        common = ["--checkout", checkout, "--model", json.dumps(ours["model"]), "--batch", str(options.batch),
                  "--precision", peer_precision, "--threads", str(options.threads)]
        theirs = run([*peer, "step", *common, "--d-steps", str(options.d_steps), "--steps", str(options.steps),
                      "--warm-up", str(options.warm_up)], environment)
        add(rows["step"], pair, "step", ours, theirs, say)
        if options.sample:
            add(rows["sample"], pair, "sample", run(sample, environment),
                run([*peer, "sample", *common, "--count", str(options.sample)], environment), say)
    medians = {work: {key: statistics.median(row[key] for row in found) for key in ("speed_ratio", "memory_ratio")}
               for work, found in rows.items() if found}
    for work, found in medians.items():
        say(f"{work}: median of {options.pairs}: {found['speed_ratio']:.2f} times the peer's speed, "
            f"{found['memory_ratio']:.2f} times its peak memory")
    if options.json:
        print(json.dumps({"recipe": options.recipe, "batch_size": options.batch, "d_steps": options.d_steps,
                          "precision": options.precision, "peer_precision": peer_precision,
                          "threads": options.threads, "pairs": rows, "medians": medians}, indent=2))


def add(rows, pair, work, ours, theirs, say):
    row = {"pair": pair,
           "images_per_second": ours["images_per_second"], "peer_images_per_second": theirs["images_per_second"],
           "speed_ratio": ours["images_per_second"] / theirs["images_per_second"],
           "peak_rss_mb": ours["peak_rss_mb"], "peer_peak_rss_mb": theirs["peak_rss_mb"],
           "memory_ratio": ours["peak_rss_mb"] / theirs["peak_rss_mb"]}
    rows.append(row)
    say(f"{pair:4d}  {work:6s}  {row['images_per_second']:13.2f}  {row['peer_images_per_second']:10.2f}  "
        f"{row['speed_ratio']:5.2f}  {row['peak_rss_mb']:11.0f}  {row['peer_peak_rss_mb']:8.0f}  "
        f"{row['memory_ratio']:5.2f}")


def positive(word):
    number = int(word)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{word}: expected a whole number of at least 1")
    return number


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    modes = parser.add_subparsers(dest="mode", required=True)
    for name in ("pairs", "step", "sample"):
        mode = modes.add_parser(name)
        mode.add_argument("--checkout", required=True, help="a folder with BigGAN-PyTorch")
        mode.add_argument("--batch", type=positive, default=50)
        mode.add_argument("--precision", choices=["fp32", "bf16"], default="fp32")
        mode.add_argument("--threads", type=positive, default=os.cpu_count())
        if name != "sample":
            mode.add_argument("--d-steps", type=positive, default=4)
            mode.add_argument("--steps", type=positive, default=5)
            mode.add_argument("--warm-up", type=positive, default=2)
        if name != "pairs":
            mode.add_argument("--model", required=True, help="the key 'model' of atelier bench step --json")
    modes.choices["sample"].add_argument("--count", type=positive, default=1000)
    pair = modes.choices["pairs"]
    pair.add_argument("--pairs", type=positive, default=3)
    pair.add_argument("--recipe", default="biggan32-cifar10")
    pair.add_argument("--channels", type=positive)
    pair.add_argument("--resolution", type=positive)
    pair.add_argument("--classes", type=positive, default=10)
    pair.add_argument("--peer-precision", choices=["fp32", "bf16"])
    pair.add_argument("--sample", type=positive, help="also sample so many images")
    pair.add_argument("--set", action="append", default=[], metavar="KEY=VALUE")
    pair.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if options.mode == "pairs":
        pairs(options)
    else:
        measure(options)


main()
