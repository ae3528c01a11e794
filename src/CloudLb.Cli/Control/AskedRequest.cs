using System.Net;

namespace CloudLb.Cli.Control;

/// <summary>A request that somebody asks about.</summary>
/// <param name="Method">In capitals, as it would be sent.</param>
/// <param name="Url">Where it would be sent.</param>
/// <param name="Headers">Each a name, a colon and a value.</param>
/// <param name="Source">Where it would come from.</param>
public sealed record AskedRequest(string Method, Uri Url, IReadOnlyList<string> Headers, IPAddress Source)
{
    /// <summary>
    /// Reads <c>GET https://host/path</c>; the method may be left out. Throws a <see cref="CommandException"/> for anything else.
    /// </summary>
    public static AskedRequest Read(string text, IReadOnlyList<string> headers, string source)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length is not (1 or 2)
            || !Uri.TryCreate(words[^1], UriKind.Absolute, out var url)
            || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps))
        {
            throw new CommandException($"'{text}' is no request: write it as 'GET https://host/path'.", ExitCodes.WrongUse);
        }

        if (headers.FirstOrDefault(header => header.IndexOf(':') < 1) is { } wrong)
        {
            throw new CommandException($"'{wrong}' is no header: write it as 'Name: value'.", ExitCodes.WrongUse);
        }

        return new(
            words.Length == 2 ? words[0] : "GET", url, headers,
            IPAddress.TryParse(source, out var address)
                ? address
                : throw new CommandException($"'{source}' is no address of a client.", ExitCodes.WrongUse));
    }
}
