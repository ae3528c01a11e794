using CloudLb.AwsApi.Requests;

namespace CloudLb.AwsApi.Protocols.Query;

/// <summary>Takes a form body or a query string apart.</summary>
internal static class ParameterParser
{
    /// <summary>Adds the decoded names and values in the order of arrival. A name without <c>=</c> has an empty value.</summary>
    /// <exception cref="WireException">An escape is broken, or a limit is passed.</exception>
    public static void Parse(ReadOnlySpan<byte> encoded, List<KeyValuePair<string, string>> parameters)
    {
        foreach (var range in encoded.Split((byte)'&'))
        {
            var pair = encoded[range];
            if (pair.IsEmpty)
            {
                continue;
            }

            if (parameters.Count == RequestLimits.MaxParameters)
            {
                throw new WireException(RequestErrors.TooManyParameters);
            }

            var equals = pair.IndexOf((byte)'=');
            var name = equals < 0 ? pair : pair[..equals];
            if (name.Length > RequestLimits.MaxNameLength)
            {
                throw new WireException(RequestErrors.NameTooLong);
            }

            var value = equals < 0 ? "" : PercentEncoding.Decode(pair[(equals + 1)..]);
            parameters.Add(new(PercentEncoding.Decode(name), value));
        }
    }
}
