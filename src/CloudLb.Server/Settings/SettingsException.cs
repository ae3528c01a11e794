namespace CloudLb.Server.Settings;

/// <summary>The settings cannot be used; the message lists every fault.</summary>
public sealed class SettingsException(IReadOnlyList<string> faults)
    : Exception($"{(faults.Count == 1 ? "A setting is wrong" : $"{faults.Count} settings are wrong")}:" +
        string.Concat(faults.Select(fault => $"\n  - {fault}")))
{
    public IReadOnlyList<string> Faults { get; } = faults;
}
