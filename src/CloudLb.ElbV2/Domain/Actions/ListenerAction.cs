using System.Text.Json.Serialization;

namespace CloudLb.ElbV2.Domain;

/// <summary>What becomes of a request or a connection.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ForwardAction), "forward")]
[JsonDerivedType(typeof(RedirectAction), "redirect")]
[JsonDerivedType(typeof(FixedResponseAction), "fixed-response")]
[JsonDerivedType(typeof(JwtValidationAction), "jwt-validation")]
[JsonDerivedType(typeof(AuthenticateOidcAction), "authenticate-oidc")]
public abstract record ListenerAction
{
    /// <summary>As it was given; a lone action needs none.</summary>
    public int? Order { get; init; }

    /// <summary>Whether a request must show something, and goes on to the next action.</summary>
    [JsonIgnore]
    public virtual bool IsGate => false;
}
