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
}
