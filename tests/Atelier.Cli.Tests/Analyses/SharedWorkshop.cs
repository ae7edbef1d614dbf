namespace Atelier.Cli.Tests.Analyses;

/// <summary>The tests that share one workshop; others need neither it nor libtorch.</summary>
[CollectionDefinition]
public sealed class SharedWorkshop : ICollectionFixture<AnalysisWorkshop>;
