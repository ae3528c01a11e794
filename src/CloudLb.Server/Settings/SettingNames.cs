using System.Reflection;
using CloudLb.AccessLogs;
using CloudLb.AwsApi.Audit;
using CloudLb.AwsApi.Requests;
using CloudLb.AwsApi.Throttling;
using CloudLb.Core.Inventory;
using CloudLb.Core.Targets;
using CloudLb.Core.Traffic.Reconciliation;
using CloudLb.HAProxy;
using CloudLb.Operator.Metrics;
using CloudLb.Passthrough;
using CloudLb.Server.Connections;
using CloudLb.Storage.Sqlite;

namespace CloudLb.Server.Settings;

/// <summary>Finds settings that nothing reads: a misspelt name must not be silently without effect.</summary>
internal static class SettingNames
{
    /// <summary>Every section and the type that reads it.</summary>
    public static readonly IReadOnlyDictionary<string, Type> Sections = new Dictionary<string, Type>(StringComparer.OrdinalIgnoreCase)
    {
        [ServerOptions.Section] = typeof(ServerOptions),
        [InventoryOptions.Section] = typeof(InventoryOptions),
        [ReconcilerOptions.Section] = typeof(ReconcilerOptions),
        [HAProxyOptions.Section] = typeof(HAProxyOptions),
        [SqliteStoreOptions.Section] = typeof(SqliteStoreOptions),
        [AuditOptions.Section] = typeof(AuditOptions),
        [ThrottlingOptions.Section] = typeof(ThrottlingOptions),
        [AccessLogOptions.Section] = typeof(AccessLogOptions),
        [AccessLogS3Options.Section] = typeof(AccessLogS3Options),
        [MetricsOptions.Section] = typeof(MetricsOptions),
        [PassthroughOptions.Section] = typeof(PassthroughOptions),
        [TargetOptions.Section] = typeof(TargetOptions),
        [ReceivingOptions.Section] = typeof(ReceivingOptions),
        [ConnectionOptions.Section] = typeof(ConnectionOptions),
        [$"{ServerOptions.Section}:Quotas"] = typeof(QuotaOptions),
    };

    public static IEnumerable<string> Unknown(IConfiguration configuration) =>
        SectionsOf(configuration).SelectMany(section => Unknown(configuration, section.Key, section.Value));

    /// <summary>Every section, and those that the configuration has one of for each item of a list.</summary>
    public static IEnumerable<KeyValuePair<string, Type>> SectionsOf(IConfiguration configuration) => Sections.Concat(
        configuration.GetSection($"{ServerOptions.Section}:{nameof(ServerOptions.AccessKeys)}").GetChildren()
            .Select(item => KeyValuePair.Create(item.Path, typeof(AccessKeyOptions))))
        .Concat(configuration.GetSection($"{PassthroughOptions.Section}:{nameof(PassthroughOptions.Accounts)}").GetChildren()
            .Select(item => KeyValuePair.Create(item.Path, typeof(PassthroughAccountOptions))));

    /// <summary>The properties that settings are bound to.</summary>
    public static IEnumerable<PropertyInfo> PropertiesOf(Type type) =>
        type.GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(property => property.SetMethod?.IsPublic == true);

    public static string NameOf(PropertyInfo property) => property.GetCustomAttribute<ConfigurationKeyNameAttribute>()?.Name ?? property.Name;

    private static IEnumerable<string> Unknown(IConfiguration configuration, string section, Type type)
    {
        var known = PropertiesOf(type).Select(NameOf).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return configuration.GetSection(section).GetChildren()
            .Where(child => !known.Contains(child.Key) && !Sections.ContainsKey($"{section}:{child.Key}"))
            .Select(child => $"{section}:{child.Key} is not a setting. {Nearest(child.Key, known)}Known are {string.Join(", ", known.Order(StringComparer.Ordinal))}.");
    }

    /// <summary>The known name that was most likely meant, unless all of them are too far away.</summary>
    private static string Nearest(string name, IEnumerable<string> known)
    {
        var (nearest, distance) = known.Select(candidate => (Name: candidate, Distance: Distance(name, candidate))).MinBy(candidate => candidate.Distance);
        return distance <= Math.Max(2, name.Length / 3) ? $"Did you mean {nearest}? " : "";
    }

    /// <summary>How many letters have to be added, removed or replaced to make the one of the other, capitals or not.</summary>
    private static int Distance(string one, string other)
    {
        var above = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var row = 1; row <= one.Length; row++)
        {
            var current = new int[other.Length + 1];
            current[0] = row;
            for (var column = 1; column <= other.Length; column++)
            {
                var replaced = above[column - 1] + (char.ToLowerInvariant(one[row - 1]) == char.ToLowerInvariant(other[column - 1]) ? 0 : 1);
                current[column] = Math.Min(replaced, Math.Min(above[column], current[column - 1]) + 1);
            }

            above = current;
        }

        return above[^1];
    }
}
