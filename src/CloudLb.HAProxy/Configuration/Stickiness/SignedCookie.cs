using System.Security.Cryptography;
using System.Text;

namespace CloudLb.HAProxy.Configuration;

/// <summary>
/// A cookie whose value is a text with a proof that this load balancer has written it, in base64: what a client has made up or changed is
/// as none. Tried with 2.6.12.
/// </summary>
/// <param name="Key">The load balancer's.</param>
/// <param name="Cookie">Its name, a token: no proof of one cookie's value is one of another's.</param>
internal sealed record SignedCookie(string Key, string Cookie)
{
    // Of a proof of 256 bits, in hexadecimal digits.
    private const int ProofLength = 32;

    /// <summary>What nobody knows who does not know the key: 16 hexadecimal digits.</summary>
    public static string Hidden(string key, string of) => Convert.ToHexStringLower(Hash(key, of))[..16];

    /// <summary>Puts the text into a variable, which is empty where there is no such cookie or none that can be trusted.</summary>
    /// <param name="text">Where requests are looked at.</param>
    /// <param name="variable">The variable's name.</param>
    /// <param name="twin">The cookie that is looked at where this one is missing; null for none.</param>
    /// <param name="guard">A condition of requests whose cookie is looked at; empty for all.</param>
    public void WriteReading(ConfigText text, string variable, string? twin, string guard = "")
    {
        var all = guard.Length > 0 ? $" if {guard}".TrimEnd() : "";
        text.Line("http-request").Constant($"set-var({variable}_in) req.cook({Cookie}),b64dec{all}");
        if (twin is not null)
        {
            text.Line("http-request")
                .Constant($"set-var({variable}_in) req.cook({twin}),b64dec if {guard}!{{ req.cook({Cookie}) -m found }}");
        }

        text.Line("http-request").Constant($"set-var({variable}) var({variable}_in),bytes({ProofLength}){all}");
        text.Line("http-request").Constant($"set-var({variable}_proof) var({variable}_in),bytes(0,{ProofLength}){all}");
        text.Line("http-request")
            .Constant($"unset-var({variable}) if {guard}!{{ var({variable}),{Proof},strcmp({variable}_proof) eq 0 }}");
    }

    /// <summary>Makes the cookie's value of the text that is in the variable.</summary>
    public void WriteSigning(ConfigText text, string variable, string condition)
    {
        text.Line("http-after-response")
            .Constant($"set-var-fmt({variable}) \"%[var({variable}),{Proof}]%[var({variable})]\" {condition}".TrimEnd());
        text.Line("http-after-response").Constant($"set-var({variable}) var({variable}),base64 {condition}".TrimEnd());
    }

    private string Proof => $"hmac(sha256,{Convert.ToBase64String(Hash(Key, Cookie))}),hex,bytes(0,{ProofLength})";

    private static byte[] Hash(string key, string text) => HMACSHA256.HashData(Encoding.ASCII.GetBytes(key), Encoding.UTF8.GetBytes(text));
}
