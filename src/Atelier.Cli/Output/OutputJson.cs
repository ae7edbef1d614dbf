using System.Text.Json;
using System.Text.Json.Serialization;
using Atelier.Cli.Commands;
using Atelier.Cli.Doctor;
using Atelier.Cli.Work;
using Atelier.Data;
using Atelier.Metrics;

namespace Atelier.Cli.Output;

/// <summary>
/// The JSON documents of the commands, in camel case, their code made at build time. One line a document.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ErrorDocument))]
[JsonSerializable(typeof(DoctorReport))]
[JsonSerializable(typeof(CompletionScript))]
[JsonSerializable(typeof(RecipeList))]
[JsonSerializable(typeof(RecipeText))]
[JsonSerializable(typeof(TrainReport))]
[JsonSerializable(typeof(SampleReport))]
[JsonSerializable(typeof(EvalReport))]
[JsonSerializable(typeof(ScoreValue))]
[JsonSerializable(typeof(ScoreReport))]
[JsonSerializable(typeof(ImportReport))]
[JsonSerializable(typeof(CompareReport))]
[JsonSerializable(typeof(CurveReport))]
[JsonSerializable(typeof(InterpolateReport))]
[JsonSerializable(typeof(NeighboursReport))]
[JsonSerializable(typeof(ClassesReport))]
[JsonSerializable(typeof(LeakReport))]
[JsonSerializable(typeof(AblateReport))]
[JsonSerializable(typeof(AblatePlanReport))]
[JsonSerializable(typeof(BackboneReport))]
[JsonSerializable(typeof(BackboneListReport))]
[JsonSerializable(typeof(ImportedNetwork))]
[JsonSerializable(typeof(PreflightReport))]
[JsonSerializable(typeof(DatasetInfo))]
[JsonSerializable(typeof(SourceSurvey))]
[JsonSerializable(typeof(DatasetCheckReport))]
[JsonSerializable(typeof(DatasetStatistics))]
[JsonSerializable(typeof(DataGridReport))]
[JsonSerializable(typeof(DataFetchReport))]
internal sealed partial class OutputJson : JsonSerializerContext;
