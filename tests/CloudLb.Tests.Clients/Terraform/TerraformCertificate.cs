using System.Security.Cryptography;
using CloudLb.Tests.Clients.Sequences;

namespace CloudLb.Tests.Clients.Terraform;

/// <summary>A certificate that a configuration uploads: two files of the workspace, and the resource that reads them.</summary>
internal static class TerraformCertificate
{
    private const int RsaBits = 2048;

    /// <summary>Makes a new certificate in the place of the one that was there.</summary>
    public static void Write(TerraformWorkspace workspace, string name)
    {
        var files = ServerCertificateFiles.New($"{name}.test");
        workspace.Write($"{name}.pem", files.Certificate);
        workspace.Write($"{name}.key", files.Key);
    }

    /// <summary>A public key as a policy of the type <c>PublicKeyPolicyType</c> has it: base64 without the lines around it.</summary>
    public static string PublicKey()
    {
        using var key = RSA.Create(RsaBits);
        return Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());
    }

    /// <summary>
    /// Another certificate is uploaded under another name before the one in use is deleted, as the provider's guide has it.
    /// </summary>
    public static string Resource(string name, string prefix) => $$"""
        resource "aws_iam_server_certificate" "{{name}}" {
          name_prefix      = "{{prefix}}"
          certificate_body = file("${path.module}/{{name}}.pem")
          private_key      = file("${path.module}/{{name}}.key")
          lifecycle {
            create_before_destroy = true
          }
        }
        """;
}
