using System.Security.Cryptography;
using System.Text;

namespace CloudLb.AwsApi.SigV4;

/// <summary>The key that a secret gives for one day, region and service.</summary>
internal static class SigningKey
{
    public static byte[] Derive(string secretAccessKey, string date, string region, string service)
    {
        var key = HMACSHA256.HashData(Encoding.UTF8.GetBytes($"AWS4{secretAccessKey}"), Encoding.UTF8.GetBytes(date));
        key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(region));
        key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(service));
        return HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(CredentialScope.ValidTerminator));
    }
}
