using Atelier.Metrics;

namespace Atelier.Training.Tests.Recipes;

/// <summary>
/// Broken recipes with the whole of what must be said about each, most under "name: x" on line 1.
/// </summary>
public static class BrokenRecipes
{
    private const string Batch = "training.batch_size is ";
    private const string BatchRange = "expected a whole number from 1 to 65536";
    private const string Rate = "training.generator.lr is ";
    private const string RateRange = "expected a number above 0 and at most 10";
    private const string Model =
        "the keys here are family, resolution, conditional, channels, discriminator_channels, "
        + "generator_widths, discriminator_widths, latent_size, latent, shared_embedding, shared_size, "
        + "hierarchical_latent, attention, discriminator_attention, spectral_norm, batch_norm_eps, init";
    private const string Widths = "expected a list such as [16, 32] of whole numbers from 1 to 64, or null";
    private const string Attention = "expected a list such as [16, 32] of whole numbers from 3 to 512";

    public static TheoryData<string, string> Single => new()
    {
        // Unknown keys
        {
            "training:\n  batchsize: 64", "2:3",
            $"unknown key \"batchsize\" in \"training\"; did you mean \"batch_size\"?"
        },
        {
            "training:\n  batch-size: 64", "2:3",
            "unknown key \"batch-size\" in \"training\"; did you mean \"batch_size\"?"
        },
        {
            "training:\n  Batch_Size: 64", "2:3",
            "unknown key \"Batch_Size\" in \"training\"; did you mean \"batch_size\"?"
        },
        { "training:\n  setps: 64", "2:3", "unknown key \"setps\" in \"training\"; did you mean \"steps\"?" },
        { "trainign:\n  steps: 64", "1:1", "unknown key \"trainign\"; did you mean \"training\"?" },
        { "steps: 64", "1:1", "unknown key \"steps\"; did you mean \"training.steps\"?" },
        {
            "lr: 2e-4", "1:1",
            "unknown key \"lr\"; did you mean \"training.generator.lr\" or \"training.discriminator.lr\"?"
        },
        { "model: {chanels: 32}", "1:9", "unknown key \"chanels\" in \"model\"; did you mean \"channels\"?" },
        {
            "model:\n  kernel_regulariser: 3", "2:3",
            $"unknown key \"kernel_regulariser\" in \"model\"; {Model}"
        },
        {
            "model:\n  spectral_norm:\n    generater: true", "3:5",
            "unknown key \"generater\" in \"model.spectral_norm\"; did you mean \"generator\"?"
        },
        {
            "training:\n  ema:\n    start: 5", "3:5",
            "unknown key \"start\" in \"training.ema\"; the keys here are decay, start_step, ramp"
        },
        { "snapshot: {}", "1:1", "unknown key \"snapshot\"; did you mean \"snapshots\"?" },
        { "\"los\": hinge", "1:1", "unknown key \"los\"; did you mean \"loss\"?" },

        // Duplicate keys
        { "loss: hinge\nloss: hinge", "2:1", "duplicate key \"loss\"; it is already set on line 2" },
        {
            "model:\n  channels: 8\n  latent_size: 64\n  channels: 16", "4:3",
            "duplicate key \"channels\"; it is already set on line 3"
        },
        { "data: {flip: true, flip: false}", "1:20", "duplicate key \"flip\"; it is already set on line 2" },
        {
            "data:\n  flip: true\n\"data\":\n  flip: true", "3:1",
            "duplicate key \"data\"; it is already set on line 2"
        },

        // Whole numbers
        { "training:\n  batch_size: many", "2:15", Batch + $"\"many\", {BatchRange}" },
        { "training:\n  batch_size: 1.5", "2:15", Batch + $"1.5, {BatchRange}, written with digits only" },
        { "training:\n  batch_size: 1e3", "2:15", Batch + $"1e3, {BatchRange}, written with digits only" },
        { "training:\n  batch_size: 0", "2:15", Batch + $"0, {BatchRange}" },
        { "training:\n  batch_size: -4", "2:15", Batch + $"-4, {BatchRange}" },
        { "training:\n  batch_size: 99999999999999999999", "2:15", Batch +
            $"99999999999999999999, {BatchRange}" },
        { "training:\n  batch_size: 064", "2:15", Batch + $"\"064\", {BatchRange}" },
        { "training:\n  batch_size: 0x40", "2:15", Batch + $"\"0x40\", {BatchRange}" },
        { "training:\n  batch_size: 1_000", "2:15", Batch + $"\"1_000\", {BatchRange}" },
        { "training:\n  batch_size: 64,", "2:15", Batch + $"\"64,\", {BatchRange}" },
        { "training:\n  batch_size: \"64\"", "2:15", Batch +
            $"the text \"64\", {BatchRange} without quotes" },
        { "training:\n  batch_size: true", "2:15", Batch + $"\"true\", {BatchRange}" },
        { "training:\n  batch_size: [64]", "2:15", Batch + $"a list, {BatchRange}" },
        {
            "training:\n  batch_size:\n    of: 64", "3:5",
            $"training.batch_size is a section here, {BatchRange}"
        },
        { "training:\n  batch_size:", "2:3", $"training.batch_size has no value, {BatchRange}" },
        { "training:\n  batch_size: ~", "2:15", $"training.batch_size has no value, {BatchRange}" },
        { "training:\n  batch_size: null", "2:15", Batch + $"null, {BatchRange}" },

        // Numbers
        { "training:\n  generator:\n    lr: .nan", "3:9", Rate + $".nan, which is not finite, {RateRange}" },
        { "training:\n  generator:\n    lr: NaN", "3:9", Rate + $"NaN, which is not finite, {RateRange}" },
        { "training:\n  generator:\n    lr: -.inf", "3:9", Rate +
            $"-.inf, which is not finite, {RateRange}" },
        { "training:\n  generator:\n    lr: Infinity", "3:9", Rate +
            $"Infinity, which is not finite, {RateRange}" },
        { "training:\n  generator:\n    lr: 1e999", "3:9", Rate +
            $"1e999, which is too large for a number, {RateRange}" },
        { "training:\n  generator:\n    lr: 0", "3:9", Rate + $"0, {RateRange}" },
        { "training:\n  generator:\n    lr: 0,0002", "3:9", Rate +
            $"\"0,0002\", {RateRange}, such as 0.5 or 2e-4" },
        { "training:\n  generator:\n    lr: .5", "3:9", Rate + $"\".5\", {RateRange}, such as 0.5 or 2e-4" },
        { "training:\n  generator:\n    lr: +1", "3:9", Rate + $"\"+1\", {RateRange}, such as 0.5 or 2e-4" },
        {
            "training:\n  generator:\n    beta1: 1", "3:12",
            "training.generator.beta1 is 1, expected a number from 0 and below 1"
        },

        // Booleans
        { "data:\n  flip: yes", "2:9", "data.flip is yes, expected true or false, spelt just so" },
        { "data:\n  flip: off", "2:9", "data.flip is off, expected true or false, spelt just so" },
        { "data:\n  flip: True", "2:9", "data.flip is True, expected true or false, spelt just so" },
        { "data:\n  flip: 1", "2:9", "data.flip is \"1\", expected true or false" },
        {
            "data:\n  flip: 'true'", "2:9",
            "data.flip is the text \"true\", expected true or false without quotes"
        },

        // Words and text
        { "loss: hing", "1:7", "loss is \"hing\", expected one of hinge; did you mean \"hinge\"?" },
        { "loss: [hinge]", "1:7", "loss is a list, expected one of hinge" },
        {
            "training:\n  precision: fp64", "2:14",
            "training.precision is \"fp64\", expected one of auto, fp32, bf16, fp16; did you mean \"fp32\"?"
        },
        {
            "training:\n  precision: float", "2:14",
            "training.precision is \"float\", expected one of auto, fp32, bf16, fp16"
        },
        {
            "model:\n  init: ortogonal", "2:9",
            "model.init is \"ortogonal\", expected one of orthogonal, normal, xavier, he; did you mean "
            + "\"orthogonal\"?"
        },
        {
            "model:\n  init: N/A", "2:9",
            "model.init is \"N/A\", expected one of orthogonal, normal, xavier, he"
        },
        { "description: 12", "1:14", "description is 12, expected text; put it in quotes: \"12\"" },
        { "description: no", "1:14", "description is no, expected text; put it in quotes: \"no\"" },

        // Lists
        { "model:\n  attention: 16", "2:14", $"model.attention is \"16\", {Attention}" },
        { "model:\n  attention: [16, x]", "2:19", $"model.attention[1] is \"x\", {Attention}" },
        { "model:\n  attention: [[16]]", "2:15", $"model.attention[0] is a list, {Attention}" },
        { "model:\n  generator_widths: [4, 4, 0, 4]", "2:28", $"model.generator_widths[2] is 0, {Widths}" },
        {
            "snapshots:\n  metrics: [fid, fid]", "2:18",
            "snapshots.metrics[1] repeats \"fid\"; name each once"
        },
        {
            "snapshots:\n  metrics: [FID]", "2:13",
            "snapshots.metrics[0] is \"FID\", expected a list of "
            + string.Join(", ", MetricCatalogue.Names) + "; did you mean \"fid\"?"
        },

        // Sections
        { "data: true", "1:1", "data is a section, expected keys under it: size, flip, shuffle_window" },
        { "data:", "1:1", "data is a section, expected keys under it: size, flip, shuffle_window" },
        { "data: [flip]", "1:1", "data is a section, expected keys under it: size, flip, shuffle_window" },

        // What YAML has and recipes have not
        { "loss: &l hinge", "1:7", "anchor \"&l\"; recipes have no anchors, so delete it" },
        { "loss: *l", "1:7", "alias \"*l\"; recipes have no aliases, so write the value out" },
        {
            "data:\n  <<: {flip: true}", "2:3",
            "merge key \"<<\"; recipes have no merge keys, so write the values out"
        },
        { "loss: !!str hinge", "1:7", "tag \"tag:yaml.org,2002:str\"; recipes have no tags, so delete it" },
        { "loss: !loss hinge", "1:7", "tag \"!loss\"; recipes have no tags, so delete it" },
        { "? [a, b]\n: 1", "1:3", "a key is a plain word here, not a list or a mapping" },
        {
            "---\nname: y", "1:1",
            "a second document starts here; a recipe is one document, so delete this and what follows"
        },
        { "data:\n\tflip: true", "2:1", "tab character; YAML indents with spaces, so write spaces" },
        { "loss: hinge\t# why", "1:12", "tab character; YAML indents with spaces, so write spaces" },
        { "loss: hi\u0007nge", "1:9", "control character U+0007; remove it" },

        // Rules between values
        {
            "model:\n  resolution: 30", "2:15",
            "model.resolution is 30: both sides must be multiples of 4 from 12 to 512; nearest: 28x28 and "
            + "32x32"
        },
        {
            "model:\n  resolution: 100x60", "2:15",
            "model.resolution is 100x60: 2 halvings lead to 25x15, and a first map has sides from 3 to 16; "
            + "nearest: 96x56 and 104x64"
        },
        {
            "model:\n  resolution: 64x4x8", "2:15",
            "model.resolution is \"64x4x8\", expected a whole number from 12 to 512, or width x height such "
            + "as 64x48"
        },
        {
            "model:\n  resolution: 1024x768", "2:15",
            "model.resolution is \"1024x768\", expected a whole number from 12 to 512, or width x height "
            + "such as 64x48"
        },
        {
            "model:\n  resolution: 64x48\ndata:\n  size: 48x64", "4:9",
            "data.size is 48x64 but model.resolution is 64x48; make them equal, or leave data.size out"
        },
        {
            "model:\n  resolution: 24x36\n  attention: [36, 32]", "3:14",
            "model.attention names 32 pixels, expected some of 9, 18, 36, the longer sides of the maps at "
            + "model.resolution 24x36"
        },
        {
            "data:\n  size: 64", "2:9",
            "data.size is 64 but model.resolution is 32; make them equal, or leave data.size out"
        },
        {
            "model:\n  generator_widths: [4, 4, 4]", "2:21",
            "model.generator_widths has 3 widths, expected 4 at 32 pixels: the stem's and one for each "
            + "block"
        },
        {
            "model:\n  resolution: 64\n  discriminator_widths: [1, 2, 4, 8]", "3:25",
            "model.discriminator_widths has 4 widths, expected 5 at 64 pixels: one for each block"
        },
        {
            "model:\n  latent: {name: gaussian}", "2:18",
            "model.latent.name is \"gaussian\", expected one of normal, uniform, bernoulli, censored_normal, "
            + "bernoulli_sign, categorical, normal_times_bernoulli, normal_and_bernoulli, annealed_normal, "
            + "variable_normal"
        },
        {
            "model:\n  latent: {variance_low: 2}", "2:26",
            "model.latent.variance_low is 2, more than model.latent.variance_high, 1.5; swap them"
        },
        {
            "training: {regularisation: {singular_values: {mode: clamp}}}", "1:53",
            "training.regularisation.singular_values.mode is clamp, which needs either target or ratio; set "
            + "one"
        },
        {
            "training: {regularisation: {singular_values: {mode: penalty, ratio: 2, target: 1}}}", "1:53",
            "training.regularisation.singular_values.mode is penalty, which needs either target or ratio; "
            + "set one of them to null"
        },
        {
            "training: {regularisation: {dropout_keep: 0}}", "1:43",
            "training.regularisation.dropout_keep is 0, expected a number above 0 and at most 1"
        },
        {
            "model:\n  hierarchical_latent: true", "2:24",
            "model.hierarchical_latent joins chunks of z to the shared embedding; set "
            + "model.shared_embedding: true as well"
        },
        {
            "model: {shared_embedding: true, hierarchical_latent: true, latent_size: 70}", "1:73",
            "model.latent_size is 70, expected a multiple of 4 (the stem and 3 blocks each take an equal "
            + "chunk), such as 68"
        },
        {
            "model:\n  attention: [64]", "2:14",
            "model.attention names 64 pixels, expected some of 4, 8, 16, 32, the longer sides of the maps at "
            + "model.resolution 32"
        },
        {
            "model:\n  discriminator_attention: [16, 48]", "2:28",
            "model.discriminator_attention names 48 pixels, expected some of 4, 8, 16, 32, the longer " +
            "sides of "
            + "the maps at model.resolution 32"
        },
        {
            "model:\n  conditional: false\nsnapshots:\n  metrics: [fid, accuracy]", "4:12",
            "snapshots.metrics has accuracy, which asks whether a picture is of the class it was made for, "
            + "but model.conditional is false; leave accuracy out"
        },
        {
            "snapshots:\n  metrics: []", "2:12",
            "snapshots.metrics is empty; name a metric, or set snapshots.metrics_every_steps: null"
        },
        {
            "monitors:\n  every_steps: null\n  on_collapse: rollback", "3:16",
            "monitors.on_collapse is rollback, but without monitors no collapse is seen; set "
            + "monitors.every_steps: 50"
        },
    };

    // Positions above count from the line after "name: x".
    internal static void Add(this TheoryData<string, string> data, string yaml, string place, string sentence)
    {
        var colon = place.IndexOf(':', StringComparison.Ordinal);
        var line = int.Parse(place[..colon], System.Globalization.CultureInfo.InvariantCulture) + 1;
        data.Add("name: x\n" + yaml + "\n", $"r.yaml:{line}{place[colon..]}: {sentence}");
    }
}
