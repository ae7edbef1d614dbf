namespace Atelier.Training.Recipes;

/// <summary>Number format of the heavy operators; weights and optimiser stay float32.</summary>
public enum TrainingPrecision
{
    /// <summary>bfloat16 where the device computes it faster, else float32.</summary>
    Auto,

    /// <summary>float32 throughout.</summary>
    Float32,

    /// <summary>Autocast to bfloat16.</summary>
    BFloat16,

    /// <summary>Autocast to float16 with scaled losses; on GPUs alone.</summary>
    Float16,
}
