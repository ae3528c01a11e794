using System.Collections;
using System.Globalization;
using CloudLb.Cli;
using CloudLb.Operator.Control;
using CloudLb.Server.Startup;

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
            All = [.. SettingSections.All.SelectMany(section => Rows(section.Name, settings.Of(section.Type)))],
        };
    }

    /// <summary>Where a client on this machine reaches the API: "all addresses" is no place to connect to.</summary>
    public static string Endpoint(Uri url) => url.Host switch
    {
        "0.0.0.0" => $"{url.Scheme}://127.0.0.1:{url.Port}",
        "[::]" => $"{url.Scheme}://[::1]:{url.Port}",
        _ => $"{url.Scheme}://{url.Authority}",
    };

    private static IEnumerable<KeyValuePair<string, string>> Rows(string name, object options) =>
        SettingTree.PropertiesOf(options.GetType())
        .SelectMany(property => Rows(
            $"{name}:{SettingTree.NameOf(property)}",
            property.Name.EndsWith(nameof(ServerOptions.SecretAccessKey), StringComparison.Ordinal),
            property.GetValue(options)));

    private static IEnumerable<KeyValuePair<string, string>> Rows(string name, bool isSecret, object? value) => value switch
    {
        null => [new(name, "")],
        string text => [new(name, isSecret && text.Length > 0 ? Masked : text)],
        IDictionary dictionary => dictionary.Keys.Cast<string>().SelectMany(key => Rows($"{name}:{key}", isSecret, dictionary[key])),
        IEnumerable<string> list => [new(name, string.Join(", ", list))],
        IEnumerable list => list.Cast<object>().Index().SelectMany(item => Rows($"{name}:{item.Index}", item.Item)),
        _ when SettingTree.IsSection(value.GetType()) => Rows(name, value),
        _ => [new(name, Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")],
    };
}
