using Atelier.Gan;
using Atelier.Nn;

namespace Atelier.Training.Recipes;

/// <summary>
/// The table of recipe keys. A new key is one line here and one in <see cref="RecipeBinder"/>.
/// </summary>
internal static class RecipeFields
{
    private const int MostSteps = 100_000_000;

    public static IEnumerable<RecipeField> All(RecipeCatalogues catalogues) => Each(catalogues)
        .Select(static field => field with { IsFixedInARun = IsFixedInARun(field.Path) });

    // What the weights were made by, and the order of the images, which a checkpoint has a place in.
    private static bool IsFixedInARun(string path) =>
        path.StartsWith("model.", StringComparison.Ordinal)
        || path is "data.size" or "data.shuffle_window" or "training.seed";

    private static IEnumerable<RecipeField> Each(RecipeCatalogues catalogues) =>
    [
        Text(
            "name",
            "Short name of the recipe, used for the run directory: lower-case letters, digits and "
            + "dashes.") with
        {
            Required = true,
        },
        Text("description", "One sentence on what the recipe is for."),

        Shape("data.size", "Size to which images are brought; null: model.resolution.", null) with
        {
            Nullable = true,
        },
        Flag("data.flip", "Mirror each image left to right with probability one half.", false),
        WholeOrNull(
            "data.shuffle_window",
            "Shuffle within windows of so many images, for datasets larger than memory; null: over all.",
            "images", null, 1000, 1_000_000_000),

        Choice("model.family", "The architecture.", "biggan", catalogues.Families),
        Shape("model.resolution", "Size of the images: the side of a square, or width x height.", 32),
        Flag(
            "model.conditional", "Both networks see the classes; false trains on images alone.", true),
        Whole(
            "model.channels", "The width ch that every layer's width is a multiple of.", "channels", 64,
            1, 1024),
        WholeOrNull(
            "model.discriminator_channels", "The same in the discriminator; null: model.channels.",
            "channels", null, 1, 1024),
        WholeList(
            "model.generator_widths", "Widths in multiples of ch: the stem's, then each block's output.",
            1, 64) with
        {
            Nullable = true,
        },
        WholeList("model.discriminator_widths", "Widths in multiples of ch: each block's output.", 1, 64) with
        {
            Nullable = true,
        },
        Whole("model.latent_size", "Length of the latent vector z.", "numbers", 128, 1, 4096),
        Choice("model.latent.name", "What z is drawn from.", "normal", catalogues.Latents),
        Positive(
            "model.latent.variance_start", "Variance of annealed_normal in the first step.", 2, 10_000),
        Positive("model.latent.variance_end", "Variance of annealed_normal in the last step.", 1, 10_000),
        Positive(
            "model.latent.variance_low", "Least variance of a sample of variable_normal.", 0.5, 10_000),
        Positive(
            "model.latent.variance_high", "Greatest variance of a sample of variable_normal.", 1.5, 10_000),
        Flag(
            "model.shared_embedding",
            "One class embedding feeds every conditional BatchNorm through a projection.", false),
        Whole("model.shared_size", "Length of the shared class embedding.", "numbers", 128, 1, 4096),
        Flag(
            "model.hierarchical_latent",
            "Skip-z: cut z into chunks, one for the stem and one for each block.", false),
        WholeList(
            "model.attention",
            "Longer sides of the maps that are followed by self-attention, in both networks.", 3,
            ShapePlan.GreatestSide) with
        {
            Unit = "pixels",
            Default = Array.Empty<long>(),
        },
        WholeList(
            "model.discriminator_attention", "The same in the discriminator; null: model.attention.", 3,
            ShapePlan.GreatestSide) with
        {
            Unit = "pixels",
            Nullable = true,
        },
        Flag("model.spectral_norm.generator", "Spectral normalisation of the generator's weights.", true),
        Flag(
            "model.spectral_norm.discriminator",
            "Spectral normalisation of the discriminator's weights.", true),
        Positive("model.spectral_norm.eps", "Guards the division in the power iteration.", 1e-12, 1),
        Whole(
            "model.spectral_norm.iterations", "Power iterations a forward pass.", "iterations", 1, 1, 100),
        Whole(
            "model.spectral_norm.singular_values",
            "How many of the largest singular values are followed; the first divides the weight.",
            "values", 1, 1, 16),
        Positive("model.batch_norm_eps", "Added to the variance in BatchNorm.", 1e-5, 1),
        Choice(
            "model.init", "Law of the initial weights: orthogonal, N(0, 0.02), Glorot or He.", "orthogonal",
            // Nothing can be trained from the first two; the last is for classifiers.
            RecipeWords.Of<WeightInitialization>(
                WeightInitialization.Zero, WeightInitialization.Blank, WeightInitialization.PartialIdentity)),

        Choice("loss", "The adversarial loss, both halves.", "hinge", catalogues.Losses),
        Positive("loss_margin", "Of the hinge loss: how far logits must be apart from 0.", 1, 100),

        Whole("training.steps", "Generator updates of the whole run.", "steps", 100_000, 1, MostSteps),
        Whole("training.batch_size", "Images in one forward pass.", "images", 64, 1, 65536),
        Whole(
            "training.accumulation", "Batches whose gradients are averaged into one update.", "batches", 1,
            1, 65536),
        Whole(
            "training.discriminator_steps", "Discriminator updates for each generator update.", "updates", 2,
            1, 100),
        Choice(
            "training.precision", "Number format of the heavy operators.", "auto",
            RecipeWords.Of<TrainingPrecision>()),
        Flag(
            "training.cuda_graph",
            "On a GPU: record a step once and replay it, for steps that are all alike.", false),
        Whole("training.seed", "Seed of weights, latents and data order.", null, 0, 0, int.MaxValue),
        .. Adam("training.generator", "generator", 5e-5),
        .. Adam("training.discriminator", "discriminator", 2e-4),
        Choice(
            "training.lr_decay", "How both learning rates fall: not at all, or linearly to zero.", "none",
            RecipeWords.Of<LearningRateDecay>()),
        Share("training.lr_decay_start", "Share of the run after which they begin to fall.", 0.0),
        Share("training.ema.decay", "Weight of the past in the moving average of the generator.", 0.9999),
        Whole(
            "training.ema.start_step", "Until this step the average copies the weights.", "steps", 0, 0,
            MostSteps),
        Positive(
            "training.ema.ramp",
            "Longest averaging horizon as a share of the steps averaged so far; null: no limit.",
            null, 1) with
        {
            Nullable = true,
        },

        AtLeastZero(
            "training.regularisation.orthogonal.generator",
            "Orthogonal regularisation of the generator's weights; 0: none.", 0, 1000),
        AtLeastZero(
            "training.regularisation.orthogonal.discriminator",
            "Orthogonal regularisation of the discriminator's weights; 0: none.", 0, 1000),
        Choice(
            "training.regularisation.orthogonal.form",
            "Rows that are orthogonal (off_diagonal) or orthonormal (full).", "off_diagonal",
            RecipeWords.Of<OrthogonalForm>()),
        AtLeastZero(
            "training.regularisation.r1.gamma", "R1 gradient penalty on real images; 0: none.", 0, 10_000),
        Whole(
            "training.regularisation.r1.interval",
            "Discriminator updates from one penalty to the next, which is as many times as large.", "updates",
            1, 1, 10_000),
        Positive(
            "training.regularisation.dropout_keep",
            "Share of the discriminator's last features that are kept in training; 1: all.", 1, 1),
        Choice(
            "training.regularisation.singular_values.mode",
            "What is done about the largest singular value of each of the generator's weights.", "none",
            RecipeWords.Of<SingularValueMode>()),
        Positive(
            "training.regularisation.singular_values.strength", "Strength of the penalty.", 0.01, 1000),
        Positive(
            "training.regularisation.singular_values.target", "Where it should be; null: see ratio.", null,
            1000) with
        {
            Nullable = true,
        },
        Positive(
            "training.regularisation.singular_values.ratio",
            "Where it should be, in multiples of the second one; null: see target.", null, 1000) with
        {
            Nullable = true,
            Minimum = 1,
            AboveMinimum = false,
        },

        Whole(
            "standing_statistics.batches", "Forward passes that gather BatchNorm statistics before sampling.",
            "batches", 16, 1, 10_000),
        Whole("standing_statistics.batch_size", "Images in one such pass.", "images", 64, 2, 65536),

        Whole(
            "snapshots.tick_every_steps", "A progress line and a line of stats.jsonl.", "steps", 100, 1,
            MostSteps),
        WholeOrNull(
            "snapshots.samples_every_steps", "A sample grid; null: never.", "steps", 1000, 1, MostSteps),
        WholeOrNull(
            "snapshots.metrics_every_steps", "An evaluation; null: never.", "steps", 5000, 1, MostSteps),
        Whole("snapshots.checkpoint_every_steps", "A checkpoint.", "steps", 1000, 1, MostSteps),
        Whole("snapshots.keep_last", "Newest checkpoints that stay.", "checkpoints", 3, 1, 10_000),
        Whole(
            "snapshots.keep_best", "Checkpoints of the best metric that stay besides.", "checkpoints", 2, 0,
            10_000),
        new RecipeField
        {
            Path = "snapshots.metrics",
            Kind = FieldKind.ChoiceList,
            Doc = "What an evaluation computes; the first decides which checkpoint is best.",
            Default = new[] { "fid", "is" },
            Choices = catalogues.Metrics,
        },
        Whole(
            "snapshots.metric_samples", "Generated images in one evaluation.", "images", 10_000, 2,
            10_000_000),
        .. MonitorFields.All(),
    ];

    private static IEnumerable<RecipeField> Adam(string section, string network, double learningRate) =>
    [
        Positive($"{section}.lr", $"Learning rate of the {network}.", learningRate, 10),
        Share($"{section}.beta1", "Adam's decay of the first moment.", 0.0),
        Share($"{section}.beta2", "Adam's decay of the second moment.", 0.999),
        Positive($"{section}.eps", "Added to the root of the second moment.", 1e-8, 1),
    ];

    private static RecipeField Text(string path, string doc) =>
        new() { Path = path, Kind = FieldKind.Text, Doc = doc, Default = "" };

    private static RecipeField Flag(string path, string doc, bool standard) =>
        new() { Path = path, Kind = FieldKind.Boolean, Doc = doc, Default = standard };

    private static RecipeField Choice(string path, string doc, string standard,
        IReadOnlyList<string> choices) =>
        new() { Path = path, Kind = FieldKind.Choice, Doc = doc, Default = standard, Choices = choices };

    private static RecipeField Whole(string path, string doc, string? unit, long standard, long least,
        long most) =>
        new()
        {
            Path = path,
            Kind = FieldKind.Integer,
            Doc = doc,
            Unit = unit,
            Default = standard,
            Minimum = least,
            Maximum = most,
        };

    private static RecipeField Shape(string path, string doc, ImageSize? standard) => new()
    {
        Path = path,
        Kind = FieldKind.Shape,
        Doc = doc,
        Unit = "pixels",
        Default = standard,
        Minimum = ShapePlan.LeastSide,
        Maximum = ShapePlan.GreatestSide,
    };

    private static RecipeField WholeOrNull(string path, string doc, string? unit, long? standard, long least,
        long most) =>
        Whole(path, doc, unit, 0, least, most) with { Default = standard, Nullable = true };

    private static RecipeField WholeList(string path, string doc, long least, long most) =>
        new() { Path = path, Kind = FieldKind.IntegerList, Doc = doc, Minimum = least, Maximum = most };

    private static RecipeField Positive(string path, string doc, double? standard, double most) => new()
    {
        Path = path,
        Kind = FieldKind.Number,
        Doc = doc,
        Default = standard,
        Minimum = 0,
        AboveMinimum = true,
        Maximum = most,
    };

    private static RecipeField AtLeastZero(string path, string doc, double standard, double most) => new()
    {
        Path = path,
        Kind = FieldKind.Number,
        Doc = doc,
        Default = standard,
        Minimum = 0,
        Maximum = most,
    };

    private static RecipeField Share(string path, string doc, double standard) => new()
    {
        Path = path,
        Kind = FieldKind.Number,
        Doc = doc,
        Default = standard,
        Minimum = 0,
        Maximum = 1,
        BelowMaximum = true,
    };
}
