namespace CloudLb.Server.Settings;

/// <summary>Tells what is given from what is a default.</summary>
internal static class GivenSettings
{
    /// <summary>Whether a setting stands anywhere.</summary>
    /// <param name="configuration">All that is given.</param>
    /// <param name="name">In full.</param>
    public static bool IsGiven(this IConfiguration configuration, string name) =>
        configuration.GetSection(name) is var section && (!string.IsNullOrEmpty(section.Value) || section.GetChildren().Any());
}
