using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Text;
using CloudLb.HAProxy.Naming;

namespace CloudLb.HAProxy.Configuration;

/// <summary>
/// Writes one line of a configuration or one command, word by word. Nothing that it takes can end the line, open a comment or become two
/// words.
/// </summary>
internal sealed class ConfigLine(StringBuilder line)
{
    // Blanks and controls part words or lines; quotes, backslash and dollar change their reading; # opens a comment; ; and
    // < have a meaning in commands.
    private static readonly SearchValues<char> Refused = SearchValues.Create("\"'\\#$;<` ");

    private bool _isFirst = true;

    /// <summary>A word that stands for itself.</summary>
    public ConfigLine Word(string word) =>
        word.Length > 0 && word.All(character => character is > ' ' and <= '~') && !word.AsSpan().ContainsAny(Refused)
            ? Append(word)
            : throw new UnwritableValueException(word, "cannot stand as a word in an HAProxy configuration");

    /// <summary>A name that came from outside: see <see cref="Naming.Name"/>.</summary>
    public ConfigLine Name(string name) => Append(Naming.Name.Checked(name));

    /// <summary>
    /// Free text as one word, between single quotes, where only the single quote has a meaning. Printable ASCII; for the file, never for
    /// commands.
    /// </summary>
    public ConfigLine Quoted(string text) =>
        text.Length > 0 && text.All(character => character is >= ' ' and <= '~')
            ? Append($"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'")
            : throw new UnwritableValueException(text, "is empty or contains characters that are not printable ASCII");

    /// <summary>Words that we wrote ourselves, with whatever quoting they need.</summary>
    public ConfigLine Constant(string words) => Append(words);

    public ConfigLine Number(long number) => Append(number.ToString());

    public ConfigLine Milliseconds(TimeSpan time) => Append($"{(long)time.TotalMilliseconds}ms");

    public ConfigLine Endpoint(IPAddress address, int port)
    {
        if (port is < 1 or > IPEndPoint.MaxPort)
        {
            throw new UnwritableValueException(port.ToString(), "is not a port");
        }

        return address.AddressFamily switch
        {
            AddressFamily.InterNetwork => Append($"{address}:{port}"),
            AddressFamily.InterNetworkV6 when address.ScopeId == 0 => Append($"[{address}]:{port}"),
            _ => throw new UnwritableValueException(address.ToString(), "is an address of one network link, which HAProxy cannot be given"),
        };
    }

    public override string ToString() => line.ToString();

    private ConfigLine Append(string word)
    {
        if (!_isFirst)
        {
            line.Append(' ');
        }

        _isFirst = false;
        line.Append(word);
        return this;
    }
}
