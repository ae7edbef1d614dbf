using Atelier.Cli.Application;
using Atelier.Cli.Commands;
using Atelier.Data;
using Atelier.Gan;
using Atelier.Metrics;
using Atelier.Training.Evaluation;

namespace Atelier.Cli.Work;

/// <summary>A model that is scored: every class equally often.</summary>
internal sealed class EvalModel : EvalTarget
{
    private readonly EvalRequest request;
    private readonly GeneratorSession session;
    private GeneratorFeed? feed;

    /// <summary>Opens a model.</summary>
    /// <exception cref="AtelierException">It is missing or damaged (Checkpoint).</exception>
    public EvalModel(EvalRequest request, CliServices services)
        : this(
            request,
            new GeneratorSession(ModelLocator.Find(services.Home, request.Target, services.Output.Warn)))
    {
    }

    private EvalModel(EvalRequest request, GeneratorSession session)
        : base(request.Target, session.Generator.ImageSize) =>
        (this.request, this.session) = (request, session);

    /// <inheritdoc/>
    public override ScoredImages Scored(PackedDataset real)
    {
        var generator = session.Generator;
        CheckShape(real, generator.ImageChannels);
        session.GatherStatistics(request.Truncation);
        feed = new GeneratorFeed(generator, request.Truncation, (ulong)request.Seed);
        return new ScoredImages
        {
            Feed = feed.Next,
            Count = request.Count,
            ClassNames = ClassNames(real),
            Generator = new ScoredGenerator(generator, request.Truncation),
        };
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        feed?.Dispose();
        session.Dispose();
        base.Dispose();
    }

    /// <summary>A model of as many classes as the dataset has means them, whatever it calls them.</summary>
    private IReadOnlyList<string> ClassNames(PackedDataset real)
    {
        if (!ModelDataMatch.HasClasses(session)) return [];
        return session.Generator.ClassCount == real.ClassNames.Count
            ? real.ClassNames
            : session.Card.ClassNames;
    }
}
