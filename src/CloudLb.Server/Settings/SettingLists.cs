namespace CloudLb.Server.Settings;

/// <summary>Lets every list be given as one text, its parts split by commas or blanks, where an environment variable or a command line gives it.</summary>
internal static class SettingLists
{
    private static readonly string[] Lists = ["Regions", "AddressPool", "ServicePaths", "HAProxy:HeaderNames", "Targets:Allowed", "Targets:Forbidden"];
    private static readonly string[] ListsOfKey = ["LoadBalancers", "Instances"];

    /// <summary>What has to be laid over the configuration so that such texts read as lists.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> Expand(IConfiguration configuration)
    {
        var section = configuration.GetSection(ServerOptions.Section);
        var texts = Lists.Select(section.GetSection).Concat(section.GetSection("Zones").GetChildren())
            .Concat(section.GetSection("AccessLogs:BucketAccounts").GetChildren())
            .Concat(section.GetSection("AccessKeys").GetChildren().SelectMany(key => ListsOfKey.Select(key.GetSection)));
        foreach (var text in texts.Where(candidate => candidate.Value is not null))
        {
            var parts = text.Value!.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            var rows = Math.Max(parts.Length, text.GetChildren().Count());
            for (var index = 0; index < rows; index++)
            {
                yield return new($"{text.Path}:{index}", index < parts.Length ? parts[index] : null);
            }
        }
    }
}
