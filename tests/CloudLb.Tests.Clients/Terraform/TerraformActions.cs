namespace CloudLb.Tests.Clients.Terraform;

/// <summary>Actions of listeners and rules, as blocks without their names.</summary>
internal static class TerraformActions
{
    public const string Forward = """
        {
            type             = "forward"
            target_group_arn = aws_lb_target_group.web.arn
          }
        """;

    public const string Redirect = """
        {
            type = "redirect"
            redirect {
              host        = "www.#{host}"
              path        = "/new/#{path}"
              port        = "8443"
              protocol    = "HTTPS"
              query       = "a=b&#{query}"
              status_code = "HTTP_302"
            }
          }
        """;

    public const string Fixed = """
        {
            type = "fixed-response"
            fixed_response {
              content_type = "application/json"
              message_body = "{\"a\": \"b\"}"
              status_code  = "503"
            }
          }
        """;

    public const string Weighted = """
        {
            type = "forward"
            forward {
              target_group {
                arn    = aws_lb_target_group.web.arn
                weight = 80
              }
              target_group {
                arn    = aws_lb_target_group.other.arn
                weight = 20
              }
              stickiness {
                enabled  = true
                duration = 600
              }
            }
          }
        """;

    public const string Sticky = """
        {
            type = "forward"
            forward {
              target_group {
                arn    = aws_lb_target_group.web.arn
                weight = 0
              }
              target_group {
                arn    = aws_lb_target_group.other.arn
                weight = 999
              }
              stickiness {
                enabled  = true
                duration = 600
              }
            }
          }
        """;

    /// <summary>Everything of a sign-in that has a default, otherwise.</summary>
    public const string SignInOtherwise = """
        session_cookie_name                 = "Mine"
              scope                               = "openid email"
              session_timeout                     = 3600
              on_unauthenticated_request          = "deny"
              authentication_request_extra_params = { prompt = "login", display = "a b&c=d" }
        """;

    /// <summary>Two whole blocks of that name: clients are signed in before they are sent on.</summary>
    /// <param name="block"><c>action</c> or <c>default_action</c>.</param>
    /// <param name="secret">The client's own; the provider has it from its state alone.</param>
    /// <param name="more">What else stands in the block of the provider.</param>
    public static string SignsIn(string block, string secret, string more = "") => $$"""
        {{block}} {
            type  = "authenticate-oidc"
            order = 1
            authenticate_oidc {
              issuer                 = "https://id.example.com"
              authorization_endpoint = "https://id.example.com/authorize?p=sign-in"
              token_endpoint         = "https://id.example.com/token"
              user_info_endpoint     = "https://id.example.com/me"
              client_id              = "web"
              client_secret          = "{{secret}}"
              {{more}}
            }
          }
          {{block}} {
            type             = "forward"
            order            = 2
            target_group_arn = aws_lb_target_group.web.arn
          }
        """;
}
