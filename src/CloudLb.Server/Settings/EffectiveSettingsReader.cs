using System.Collections;
using System.Globalization;
using CloudLb.AccessLogs;
using CloudLb.AwsApi.Audit;
using CloudLb.AwsApi.Requests;
using CloudLb.AwsApi.Throttling;
using CloudLb.Cli;
using CloudLb.Core.Inventory;
using CloudLb.Core.Targets;
using CloudLb.Core.Traffic.Reconciliation;
using CloudLb.HAProxy;
using CloudLb.Operator.Control;
using CloudLb.Operator.Metrics;
using CloudLb.Passthrough;
using CloudLb.Server.Connections;
using CloudLb.Server.Startup;
using CloudLb.Storage.Sqlite;

namespace CloudLb.Server.Settings;

/// <summary>Shows the settings in force to the commands.</summary>
internal static class EffectiveSettingsReader
{
    private const string Masked = "********";

    public static EffectiveSettings Of(CloudLbSettings settings)
    {
        var made = string.IsNullOrEmpty(settings.Server.AccessKeyId) ? CredentialsFile.ReadIfThere(settings.DataDirectory) : null;
        return new()
        {
            Endpoint = Endpoint(settings.Url),
            Region = settings.DefaultRegion,
            AccessKeyId = made?.AccessKeyId ?? settings.Server.AccessKeyId,
            SecretAccessKey = made?.SecretAccessKey ?? settings.Server.SecretAccessKey,
            CertificateFile = settings.Server.CertificateFile is { } file ? Path.GetFullPath(file) : null,
            DataDirectory = settings.DataDirectory,
            ControlSocket = ControlSocket.PathFor(settings.DataDirectory),
            All =
            [
                .. Rows(ServerOptions.Section, settings.Server), .. Rows(HAProxyOptions.Section, settings.HAProxy),
                .. Rows(InventoryOptions.Section, settings.Inventory), .. Rows(ReconcilerOptions.Section, settings.Reconciler),
                .. Rows(SqliteStoreOptions.Section, settings.Storage), .. Rows(AuditOptions.Section, settings.Audit),
                .. Rows(ThrottlingOptions.Section, settings.Throttling), .. Rows(AccessLogOptions.Section, settings.AccessLogs),
                .. Rows(AccessLogS3Options.Section, settings.AccessLogS3), .. Rows(MetricsOptions.Section, settings.Metrics),
                .. Rows(PassthroughOptions.Section, settings.Passthrough),
                .. Rows(TargetOptions.Section, settings.Targets),
                .. Rows(ReceivingOptions.Section, settings.Requests), .. Rows(ConnectionOptions.Section, settings.Connections),
            ],
        };
    }

    /// <summary>Where a client on this machine reaches the API: "all addresses" is no place to connect to.</summary>
    public static string Endpoint(Uri url) => url.Host switch
    {
        "0.0.0.0" => $"{url.Scheme}://127.0.0.1:{url.Port}",
        "[::]" => $"{url.Scheme}://[::1]:{url.Port}",
        _ => $"{url.Scheme}://{url.Authority}",
    };

    private static IEnumerable<KeyValuePair<string, string>> Rows(string name, object options) => SettingNames.PropertiesOf(options.GetType())
        .SelectMany(property => Rows(
            $"{name}:{SettingNames.NameOf(property)}", property.Name.EndsWith(nameof(ServerOptions.SecretAccessKey), StringComparison.Ordinal), property.GetValue(options)));

    private static IEnumerable<KeyValuePair<string, string>> Rows(string name, bool isSecret, object? value) => value switch
    {
        null => [new(name, "")],
        string text => [new(name, isSecret && text.Length > 0 ? Masked : text)],
        IDictionary dictionary => dictionary.Keys.Cast<string>().SelectMany(key => Rows($"{name}:{key}", isSecret, dictionary[key])),
        IEnumerable<string> list => [new(name, string.Join(", ", list))],
        IEnumerable list => list.Cast<object>().Index().SelectMany(item => Rows($"{name}:{item.Index}", item.Item)),
        QuotaOptions quotas => Rows(name, quotas),
        _ => [new(name, Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")],
    };
}
