namespace CloudLb.HAProxy.Naming;

/// <summary>A value that must not get into a configuration or a command, since it could be read as something else.</summary>
internal sealed class UnwritableValueException(string value, string reason) : Exception($"The value \"{Printable(value)}\" {reason}.")
{
    private const int Shown = 80;

    private static string Printable(string value) =>
        string.Concat(value.Take(Shown).Select(character => character is >= ' ' and <= '~' ? character : '?'));
}
