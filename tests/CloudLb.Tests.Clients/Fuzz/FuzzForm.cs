using System.Formats.Cbor;
using System.Text.Json;
using System.Xml.Linq;

namespace CloudLb.Tests.Clients.Fuzz;

/// <summary>Whether an answer has the form that its protocol's clients read, whatever it says.</summary>
internal static class FuzzForm
{
    /// <exception cref="FormatException">It has not.</exception>
    /// <exception cref="CborContentException">It is no CBOR.</exception>
    public static void Check(FuzzRequest request, FuzzAnswer answer)
    {
        // Two are right: S3 says so of what it has not got, HTTP of a version that nobody speaks.
        Must(answer.Status < 500 || (answer.Status == 501 && answer.Text.Contains("<Code>NotImplemented</Code>", StringComparison.Ordinal))
            || (answer.Status == 501 && request.IsHead) || (answer.Status == 505 && request.IsBroken), "a fault of the server");
        Must(!request.IsForged || answer.Status != 200, "what nobody signed was carried out");
        if (request.IsMonitoring || (request.IsBroken && answer.Body.Length == 0))
        {
            return;
        }

        Must(answer.Headers.ContainsKey("x-amzn-RequestId"), "no request id");
        if (answer.Status == 302)
        {
            Must(answer.Headers.ContainsKey("Location"), "leads nowhere");
            return;
        }

        if (!request.IsHead)
        {
            CheckBody(answer);
        }
    }

    private static void CheckBody(FuzzAnswer answer)
    {
        switch (answer.MediaType)
        {
            case "text/xml" or "application/xml":
                CheckXml(XDocument.Parse(answer.Text).Root!, answer.Status);
                break;
            case "application/json" or "application/x-amz-json-1.0" or "application/x-amz-json-1.1":
                using (var json = JsonDocument.Parse(answer.Body))
                {
                    var message = json.RootElement.GetProperty("message").ValueKind;
                    Must(
                        json.RootElement.GetProperty("__type").GetString() is { Length: > 0 } && message == JsonValueKind.String,
                        "no type or message");
                }

                break;
            case "application/cbor":
                CheckCbor(answer.Body);
                break;
            case "text/html":
                Must(answer.Status == 403 && answer.Text.StartsWith("<html>", StringComparison.Ordinal), "a page");
                break;
            case "":
                Must(answer.Status == 400 && answer.Body.Length == 0, "text of no type");
                break;
            default:
                throw new FormatException($"unknown type {answer.MediaType}");
        }
    }

    private static void CheckXml(XElement root, int status)
    {
        bool Has(string name) => root.Descendants().Any(element => element.Name.LocalName == name && element.Value.Length > 0);
        if (status == 200)
        {
            Must(
                root.Name.LocalName.EndsWith("Response", StringComparison.Ordinal)
                    && (Has("RequestId") || Has("requestId")), "no response");
            return;
        }

        Must(root.Name.LocalName is "ErrorResponse" or "Response" or "Error", "no error document");
        Must(Has("Code") && (Has("RequestId") || Has("RequestID")), "no code or request id");
    }

    /// <summary>A map of two texts by two texts.</summary>
    private static void CheckCbor(byte[] body)
    {
        var reader = new CborReader(body);
        Must(reader.ReadStartMap() is null or 2, "no map of two");
        var texts = new List<string>();
        while (reader.PeekState() != CborReaderState.EndMap)
        {
            texts.Add(reader.ReadTextString());
        }

        reader.ReadEndMap();
        Must(texts is ["__type", { Length: > 0 }, "message", _] && reader.BytesRemaining == 0, "not the members of an error");
    }

    private static void Must(bool isSo, string otherwise)
    {
        if (!isSo)
        {
            throw new FormatException(otherwise);
        }
    }
}
