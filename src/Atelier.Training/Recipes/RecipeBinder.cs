using Atelier.Gan;
using Atelier.Nn;

namespace Atelier.Training.Recipes;

/// <summary>
/// Turns settled values into the typed recipe. Plain code rather than reflection: the compiler checks it.
/// </summary>
internal static class RecipeBinder
{
    public static Recipe Bind(RecipeValues values) => new(
        values.Text("name"),
        values.Text("description"),
        Data(values),
        Model(values),
        values.Text("loss"),
        new LossOptions(values.Number("loss_margin")),
        Training(values),
        new StandingStatisticsOptions(
            values.Whole("standing_statistics.batches"),
            values.Whole("standing_statistics.batch_size")),
        Snapshots(values),
        Monitors(values));

    private static DataSettings Data(RecipeValues values) => new(
        values.ShapeOrNull("data.size") ?? values.Shape("model.resolution"),
        values.Flag("data.flip"),
        values.WholeOrNull("data.shuffle_window"));

    private static ModelSettings Model(RecipeValues values) => new(
        values.Text("model.family"),
        values.Shape("model.resolution"),
        values.Flag("model.conditional"),
        values.Whole("model.channels"),
        values.WholeOrNull("model.discriminator_channels") ?? values.Whole("model.channels"),
        values.WholeList("model.generator_widths"),
        values.WholeList("model.discriminator_widths"),
        values.Whole("model.latent_size"),
        new LatentOptions(values.Text("model.latent.name"))
        {
            VarianceStart = values.Number("model.latent.variance_start"),
            VarianceEnd = values.Number("model.latent.variance_end"),
            VarianceLow = values.Number("model.latent.variance_low"),
            VarianceHigh = values.Number("model.latent.variance_high"),
        },
        values.Flag("model.shared_embedding"),
        values.Whole("model.shared_size"),
        values.Flag("model.hierarchical_latent"),
        values.WholeList("model.attention")!,
        values.WholeList("model.discriminator_attention") ?? values.WholeList("model.attention")!,
        new SpectralNormSettings(
            values.Flag("model.spectral_norm.generator"),
            values.Flag("model.spectral_norm.discriminator"),
            values.Number("model.spectral_norm.eps"),
            values.Whole("model.spectral_norm.iterations"),
            values.Whole("model.spectral_norm.singular_values")),
        values.Number("model.batch_norm_eps"),
        values.Choice<WeightInitialization>("model.init"));

    private static TrainingSettings Training(RecipeValues values) => new(
        values.Whole("training.steps"),
        values.Whole("training.batch_size"),
        values.Whole("training.accumulation"),
        values.Whole("training.discriminator_steps"),
        values.Choice<TrainingPrecision>("training.precision"),
        values.Whole("training.seed"),
        Adam(values, "training.generator"),
        Adam(values, "training.discriminator"),
        values.Choice<LearningRateDecay>("training.lr_decay"),
        values.Number("training.lr_decay_start"),
        new EmaSettings(
            values.Number("training.ema.decay"),
            values.Whole("training.ema.start_step"),
            values.NumberOrNull("training.ema.ramp")),
        Regularisation(values))
    {
        CudaGraph = values.Flag("training.cuda_graph"),
    };

    private static RegularisationSettings Regularisation(RecipeValues values) => new(
        new OrthogonalSettings(
            values.Number("training.regularisation.orthogonal.generator"),
            values.Number("training.regularisation.orthogonal.discriminator"),
            values.Choice<OrthogonalForm>("training.regularisation.orthogonal.form")),
        new R1Settings(
            values.Number("training.regularisation.r1.gamma"),
            values.Whole("training.regularisation.r1.interval")),
        values.Number("training.regularisation.dropout_keep"),
        new SingularValueSettings(
            values.Choice<SingularValueMode>("training.regularisation.singular_values.mode"),
            values.Number("training.regularisation.singular_values.strength"),
            new SingularValueTarget(
                values.NumberOrNull("training.regularisation.singular_values.target"),
                values.NumberOrNull("training.regularisation.singular_values.ratio"))));

    private static AdamOptions Adam(RecipeValues values, string section) => new(
        values.Number($"{section}.lr"),
        values.Number($"{section}.beta1"),
        values.Number($"{section}.beta2"),
        values.Number($"{section}.eps"));

    private static SnapshotSettings Snapshots(RecipeValues values) => new(
        values.Whole("snapshots.tick_every_steps"),
        values.WholeOrNull("snapshots.samples_every_steps"),
        values.WholeOrNull("snapshots.metrics_every_steps"),
        values.Whole("snapshots.checkpoint_every_steps"),
        values.Whole("snapshots.keep_last"),
        values.Whole("snapshots.keep_best"),
        values.Words("snapshots.metrics"),
        values.Whole("snapshots.metric_samples"));

    private static MonitorSettings Monitors(RecipeValues values) => new(
        values.WholeOrNull("monitors.every_steps"),
        values.Whole("monitors.images"),
        values.Choice<CollapseAction>("monitors.on_collapse"),
        values.Number("monitors.rollback_rate"),
        values.Whole("monitors.most_rollbacks"));
}
