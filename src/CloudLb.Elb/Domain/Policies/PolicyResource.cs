using System.Text.Json;

namespace CloudLb.Elb.Domain.Policies;

/// <summary>Reads a table that is built into the assembly.</summary>
internal static class PolicyResource
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        RespectNullableAnnotations = true,
    };

    public static T Read<T>(string fileName)
    {
        using var stream = typeof(PolicyResource).Assembly.GetManifestResourceStream(typeof(PolicyResource), fileName)!;
        return JsonSerializer.Deserialize<T>(stream, Options)!;
    }
}
